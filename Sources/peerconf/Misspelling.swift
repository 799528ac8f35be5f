import FieldReader
import Findings
import Glibc

/// What a misspelt path was probably meant to be.
enum Misspelling {
    /// The finding of a problem, with the nearest name that is there.
    static func explained(_ problem: FileProblem) -> Finding {
        var finding = problem.finding
        guard problem.action == .read, problem.code == ENOENT, let near = nearestPath(to: problem.path) else {
            return finding
        }
        finding.message += didYouMean(near)
        return finding
    }

    /// The path with its first wrong part put right, if something like it is there, and the rest is there then.
    private static func nearestPath(to path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        var folder = path.hasPrefix("/") ? "/" : ""
        for (index, part) in parts.enumerated() {
            guard let names = try? InputFolder.names(in: folder.isEmpty ? "." : folder) else { return nil }
            guard names.contains(part) else {
                guard let near = nearestName(to: part, among: names) else { return nil }
                let path = folder + ([near] + parts[(index + 1)...]).joined(separator: "/")
                return (try? InputFolder.isFolder(path)) == nil ? nil : path
            }
            folder += part + "/"
        }
        return nil
    }
}
