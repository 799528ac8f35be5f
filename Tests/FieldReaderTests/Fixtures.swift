import FieldReader
import Findings
import Foundation

/// The files under `Fixtures/`, found by globbing: a new case is a new file and no code.
enum Fixtures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// Names of the files in a subfolder, sorted, without those of expected findings.
    static func names(in subfolder: String) -> [String] {
        let path = folder.appending(path: subfolder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasSuffix(".finding") }.sorted()
    }

    static func path(_ name: String, in subfolder: String) -> String {
        folder.appending(path: subfolder).appending(path: name).path
    }

    static func bytes(_ name: String, in subfolder: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(name, in: subfolder))))
    }
}

/// A reader with a small vocabulary of its own: it knows nothing of the API.
let thingReader = RecordReader(
    names: ["Page", "Id", "Name"], shapes: [RecordShape(list: "Things", item: "Thing")])

/// What a document says: its records and what is left of it, in a form that can be compared.
struct Reading: Equatable {
    var records: [String] = []
    var envelope = ""
    var problem: ReadProblem?

    init(_ bytes: [UInt8], name: String = "input", chunkSize: Int = .max, reader: RecordReader = thingReader) {
        do throws(ReadProblem) {
            var records: [String] = []
            let envelope = try reader.read(ByteSource(bytes, name: name, chunkSize: chunkSize)) { record in
                records.append(outline(record.tree.root))
                return .proceed
            }
            self.records = records
            self.envelope = envelope.map { outline($0.root) } ?? ""
        } catch {
            problem = error
        }
    }

    init(_ text: String, reader: RecordReader = thingReader) {
        self.init(Array(text.utf8), reader: reader)
    }
}

/// A field as `name=text` or `name{…}`, without kinds and places; text trimmed.
func outline(_ field: Field) -> String {
    switch field.kind {
    case .object, .array: "\(field.name){\(field.children.map(outline).joined(separator: " "))}"
    default: "\(field.name)=\(field.trimmedText)"
    }
}

/// A finding as the command would print it.
func printed(_ finding: Finding) -> String {
    let place = finding.place.location.map { "\($0): " } ?? ""
    let remedy = finding.remedy.map { "\n  help: \($0)" } ?? ""
    return "\(place)\(finding.severity.rawValue) \(finding.rule.rawValue): \(finding.message)\(remedy)\n"
}
