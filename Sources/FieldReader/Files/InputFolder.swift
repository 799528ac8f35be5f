import Glibc

/// The answers in a folder.
public enum InputFolder {
    /// Whether a path is a folder.
    ///
    /// - Throws: ``FileProblem`` when there is nothing at the path.
    public static func isFolder(_ path: String) throws(FileProblem) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw FileProblem(action: .read, path: path, code: errno)
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// What a name in a folder stands for.
    public enum Entry: Sendable {
        case file
        case folder
        /// A symbolic link, a pipe, a device and the like: nothing whose content is the folder's own.
        case other
    }

    /// What is at a path, links not followed.
    ///
    /// - Throws: ``FileProblem`` when there is nothing.
    public static func entry(at path: String) throws(FileProblem) -> Entry {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            throw FileProblem(action: .read, path: path, code: errno)
        }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// The permission bits of a file or folder; `nil` where there is none.
    ///
    /// - Throws: ``FileProblem`` when it can't be told.
    public static func mode(of path: String) throws(FileProblem) -> UInt32? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw FileProblem(action: .read, path: path, code: errno)
        }
        return status.st_mode & 0o7777
    }

    /// The `.xml` and `.json` files directly in a folder, sorted by name, so that every run reads them alike.
    ///
    /// Hidden files are not looked at. - Throws: ``FileProblem``.
    public static func answers(in path: String) throws(FileProblem) -> [String] {
        try names(in: path).filter(isAnswer).map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    }

    /// Whether a file of that name may be an answer.
    public static func isAnswer(_ name: String) -> Bool {
        let lower = name.lowercased()
        return !name.hasPrefix(".") && (lower.hasSuffix(".xml") || lower.hasSuffix(".json"))
    }

    /// The names in a folder, sorted by their bytes; `.` and `..` are not among them.
    public static func names(in path: String) throws(FileProblem) -> [String] {
        guard let folder = unsafe opendir(path) else {
            throw FileProblem(action: .read, path: path, code: errno)
        }
        defer { unsafe _ = closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
