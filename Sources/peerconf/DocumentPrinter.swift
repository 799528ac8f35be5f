import DevicePacks
import FieldReader

/// Prints documents one after another, each under a comment line with its name.
struct DocumentPrinter {
    private var text: [UInt8] = []
    private var isFirst = true

    /// Prints further documents.
    mutating func print(_ documents: [RenderJob.File]) throws(FileProblem) {
        for file in documents {
            let name = "\(isFirst ? "" : "\n")\(file.document.commentMark) ==> \(file.path) <==\n"
            isFirst = false
            text += name.utf8
            text += file.document.content
            // Each write costs a call of the system.
            guard text.count >= 1 << 16 else { continue }
            try Console.write(text)
            text.removeAll(keepingCapacity: true)
        }
    }

    /// Writes what is left.
    mutating func finish() throws(FileProblem) {
        guard !text.isEmpty else { return }
        try Console.write(text)
        text.removeAll()
    }
}
