import Foundation

/// Answers in which a text stands in some field: in each connection, with its gateways, in one.
///
/// The fields are those of the connections below and of every sample, so that no field is forgotten. Each connection
/// ends on a router of its own; the same number has the same ids and addresses whatever the text is.
public struct HostileFleet: Sendable {
    /// Where a text stands, one per connection.
    public private(set) var places: [String] = []
    private var records: [AnswerNode] = []

    /// A field of a connection of some shape, or of its gateways.
    struct Field: Sendable {
        var name: String
        var shape: Shape
        /// Its way down from the record; none for a field that the record lacks.
        var path: [Int]?
    }

    /// Every field, in each shape of connection: what templates do with a name depends on what it is the name of.
    static let fields: [Field] = {
        let fleet = HostileFleet([])
        var fields = Shape.allCases.flatMap { shape in
            // What is done with one tunnel is done with the other.
            fleet.record(shape, 0).leaves(below: "\(shape)").filter { !$0.name.contains("[1]") }
                .map { Field(name: $0.name, shape: shape, path: $0.path) }
        }
        let names = Set(fields.map { String($0.name.split(separator: "/").last ?? "") })
        for name in sampleFields.subtracting(names).sorted() {
            fields.append(Field(name: "single/VpnConnection/\(name)", shape: .single, path: nil))
        }
        return fields
    }()

    /// The ways of the fields as the service names them, such as `TunnelOptionsSpecification.TunnelIkeConfig.Psk`.
    public static var paths: Set<String> {
        Set(
            fields.map { field in
                field.name.replacing(/^[A-Za-z]+\/(VpnConnection\/)?/, with: "").replacing(/\[\d+\]/, with: "")
                    .replacing("/", with: ".")
            })
    }

    /// Puts each text into its field, given by number.
    init(_ trials: [(field: Int, text: String)]) {
        for (number, trial) in trials.enumerated() {
            let field = Self.fields[trial.field]
            places.append(field.name)
            let record = record(field.shape, number)
            if let path = field.path {
                records.append(record.replacing(path[...], with: .text(trial.text)))
            } else if case .object(var parts) = record, case .object(let fields) = parts[0].1 {
                let name = String(field.name.split(separator: "/").last ?? "")
                parts[0].1 = .object(fields + [(name, .text(trial.text))])
                records.append(.object(parts))
            }
        }
    }

    /// The place in which the text of a router's connection stands.
    func place(of router: String) -> (number: Int, name: String)? {
        // A gateway's id may be the text; a downloaded configuration names no gateway, its router is called after its
        // two addresses.
        let digits =
            router.wholeMatch(of: /(?:cgw-h|harmless)(\d+)x?/).map { ($0.1, nil) }
            ?? router.wholeMatch(of: /tun-h(\d+)x0/).map { ($0.1, nil) }
            ?? router.wholeMatch(of: /peer-203-(\d+)-(\d+)-1(?:-.*)?/).map { ($0.1, $0.2) }
        guard let digits, let first = Int(digits.0), let second = digits.1.map({ Int($0) }) ?? 0 else { return nil }
        let number = digits.1 == nil ? first : first * 250 + second
        return number < places.count ? (number, places[number]) : nil
    }

    /// Writes each connection and its gateways into files of their own: some texts make a whole file unreadable.
    public func write(to folder: String) throws {
        for (number, record) in records.enumerated() {
            guard case .object(let parts) = record else { continue }
            for (item, node) in parts {
                let list: [(String, AnswerNode)] = [
                    ("PageNumber", .number(1)), ("PageSize", .number(50)), ("TotalCount", .number(1)),
                    (item + "s", .list(item, [node])),
                ]
                let page = AnswerNode.object(
                    [("RequestId", .text("1"))] + (item.hasSuffix("Config") ? [(item, node)] : list))
                try page.json.write(toFile: "\(folder)/\(item)-\(number).json", atomically: false, encoding: .utf8)
            }
        }
    }

    /// Renders with a pack, keys in place; the documents by router.
    public func render(_ pack: String) async throws -> [String: [String: String]] {
        try await withTemporaryFolder { folder in
            try write(to: folder)
            let output = try await Command.run(
                Peerconf.path, ["render", folder, "--device", pack, "--secrets", "inline"],
                folder: Repository.root.path, seconds: 600)
            var routers: [String: [String: String]] = [:]
            for document in printedDocuments(output.stdout) {
                let steps = document.path.split(separator: "/", omittingEmptySubsequences: false)
                let isSound =
                    steps.count > 1
                    && steps.allSatisfy {
                        $0.first?.isLetter == true
                            && $0.utf8.allSatisfy { (0x30...0x7A).contains($0) || [45, 46].contains($0) }
                    }
                guard isSound else { throw HarnessError("a document named \(HostileText.name(document.path))") }
                routers[String(steps[0]), default: [:]][document.path] = document.text
            }
            return routers
        }
    }

    enum Shape: CaseIterable { case policy, single, dual, downloaded, downloadedDual }

    private static let sampleFields: Set<String> = {
        var names: Set<String> = []
        for sample in Repository.folders(in: "samples") {
            for file in Repository.files(in: "samples/" + sample) {
                guard
                    let text = try? String(
                        contentsOfFile: Repository.path("samples/\(sample)/\(file)"), encoding: .utf8)
                else { continue }
                if file.hasSuffix(".xml") {
                    names.formUnion(text.matches(of: /<([A-Za-z]+)>[^<]/).map { String($0.1) }.filter { $0 != "" })
                    names.formUnion(
                        text.matches(of: /<([A-Za-z]+)><\/|<([A-Za-z]+)\/>/).compactMap {
                            ($0.1 ?? $0.2).map(String.init)
                        })
                } else if file.hasSuffix(".json") {
                    names.formUnion(text.matches(of: /"([A-Za-z]+)": *["0-9tfn]/).map { String($0.1) })
                }
            }
        }
        // Those of lists and pages are written once per file.
        return names.subtracting(["PageNumber", "PageSize", "TotalCount", "RequestId"])
    }()
}

extension AnswerNode {
    fileprivate func leaves(below name: String) -> [(name: String, path: [Int])] {
        switch self {
        case .text, .number, .flag: [(name, [])]
        case .object(let fields):
            fields.enumerated().flatMap { index, field in
                field.1.leaves(below: "\(name)/\(field.0)").map { ($0.name, [index] + $0.path) }
            }
        case .list(_, let nodes):
            nodes.enumerated().flatMap { index, node in
                node.leaves(below: "\(name)[\(index)]").map { ($0.name, [index] + $0.path) }
            }
        }
    }

    fileprivate func replacing(_ path: ArraySlice<Int>, with leaf: AnswerNode) -> AnswerNode {
        guard let index = path.first else { return leaf }
        switch self {
        case .text, .number, .flag: return self
        case .object(var fields):
            fields[index].1 = fields[index].1.replacing(path.dropFirst(), with: leaf)
            return .object(fields)
        case .list(let name, var nodes):
            nodes[index] = nodes[index].replacing(path.dropFirst(), with: leaf)
            return .list(name, nodes)
        }
    }
}
