import FieldReader

/// Where an answer is read from.
enum InputSource {
    /// Standard input.
    case standardInput
    /// A file.
    case file(String)
    /// Bytes that were read already, and what they are called in findings.
    case content(name: String, [UInt8])

    /// Files, the answers in folders, and `-`.
    static func onDisk(_ paths: [String]) throws(FileProblem) -> [InputSource] {
        var sources: [InputSource] = []
        for path in paths {
            if path == "-" {
                sources.append(.standardInput)
            } else if try InputFolder.isFolder(path) {
                sources += try InputFolder.answers(in: path).map(InputSource.file)
            } else {
                sources.append(.file(path))
            }
        }
        return sources
    }
}
