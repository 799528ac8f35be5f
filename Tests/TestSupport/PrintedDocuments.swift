/// The documents that peerconf printed one after another, each under a comment line with its path.
///
/// In their order, since what follows may count on what comes before.
public func printedDocuments(_ output: String) -> [(path: String, text: String)] {
    var documents: [(path: String, text: String)] = []
    for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if let header = line.wholeMatch(of: /. ==> (.*) <==/) {
            // A blank line stands between documents.
            if let last = documents.indices.last, documents[last].text.hasSuffix("\n\n") {
                documents[last].text.removeLast()
            }
            documents.append((String(header.1), ""))
        } else if let last = documents.indices.last {
            documents[last].text += line + "\n"
        }
    }
    return documents
}
