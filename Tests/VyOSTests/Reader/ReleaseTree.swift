import Foundation
import TestSupport
import Testing

/// A release's own command tree, cut to the parts that a VPN needs (`Fixtures`, made from VyOS' interface definitions).
final class ReleaseTree: Sendable {
    struct Node: Decodable, Sendable {
        /// `n`: node, `t`: tag node, `l`: leaf.
        var t: String
        var c: [String: Int]?
        var v: Int?
        var m: Int?
        /// Constraints of an XML definition: one of them must hold.
        var x: [JSONValue]?
        /// Checks of an older template: all of them must hold.
        var y: [JSONValue]?
        var kl: [String]?
        var kp: [String]?
    }

    private struct File: Decodable {
        var root: Int
        var nodes: [Node]
    }

    let release: String
    private let nodes: [Node]
    private let root: Int

    static let all: [String: ReleaseTree] = Dictionary(
        uniqueKeysWithValues: ["1.3", "1.4", "1.5"].compactMap { release in
            do {
                return (release, try ReleaseTree(release))
            } catch {
                Issue.record("the tree of \(release): \(error)")
                return nil
            }
        })

    private init(_ release: String) throws {
        let path = Repository.path("Tests/VyOSTests/Fixtures/vyos-\(release).json")
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        self.release = release
        nodes = file.nodes
        root = file.root
    }

    /// What a path of words is in this release.
    enum Meaning: Equatable {
        /// A node, or a leaf without a value, switched on.
        case node
        /// A leaf with its value; `isMulti` where it may have several.
        case leaf(value: String, isMulti: Bool)
        case fault(String)
    }

    func meaning(of words: some Collection<String>) -> Meaning {
        var node = nodes[root]
        var rest = Array(words)[...]
        var taken: [String] = []
        while let word = rest.popFirst() {
            taken.append(word)
            guard let next = node.c?[word] else { return .fault("no \(taken.joined(separator: " "))") }
            node = nodes[next]
            if node.t == "t" {
                guard let tag = rest.popFirst() else { return .fault("\(taken.joined(separator: " ")) needs a name") }
                if !Constraint.holds(tag, for: node, at: taken) {
                    return .fault("\(taken.joined(separator: " ")): value not allowed")
                }
                taken.append(tag)
            } else if node.t == "l" {
                if node.v != nil {
                    return rest.isEmpty ? .node : .fault("\(taken.joined(separator: " ")) takes no value")
                }
                guard rest.count == 1, let value = rest.first, !value.isEmpty else {
                    return .fault("\(taken.joined(separator: " ")) takes one value")
                }
                guard Constraint.holds(value, for: node, at: taken) else {
                    return .fault("\(taken.joined(separator: " ")): value not allowed")
                }
                return .leaf(value: value, isMulti: node.m != nil)
            }
        }
        return .node
    }

    /// Where the values of a leaf must exist as names: `vpn ipsec ike-group` and the like.
    func reference(of words: some Collection<String>) -> [String]? {
        var node = nodes[root]
        var isTag = false
        for word in words {
            if isTag {
                isTag = false
                continue
            }
            guard let next = node.c?[word] else { return nil }
            node = nodes[next]
            isTag = node.t == "t"
        }
        return node.kp
    }
}

/// Any JSON of the fixtures.
enum JSONValue: Decodable, Sendable {
    case text(String)
    case number(Int)
    case list([JSONValue])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([JSONValue].self))
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { number } else { nil } }
    var list: [JSONValue]? { if case .list(let list) = self { list } else { nil } }
}
