import Glibc

/// Writes files below one folder so that a reader sees the old content or the new, never a part.
///
/// New content goes to a temporary file beside the target, is forced to the disk, and replaces the target in one
/// step. A file that already has the content and a tight enough mode is left alone, which keeps its time stamp.
public struct OutputFolder: Sendable {
    /// The folder's path.
    public let path: String

    /// Names a folder; it is made when the first file is written.
    public init(_ path: String) { self.path = path }

    /// Whether anything was written.
    public enum Outcome: Sendable {
        /// The file is new or has new content.
        case written
        /// The file already was as wanted.
        case unchanged
    }

    /// Makes the folder itself, if there is none yet, so that nobody else can look into it.
    ///
    /// - Throws: ``FileProblem``.
    public func makePrivate() throws(FileProblem) {
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeFolders(String(path[..<slash])) }
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw FileProblem(action: .makeFolder, path: path, code: errno)
        }
    }

    /// Makes the file at `relativePath` hold `content`.
    ///
    /// - Parameters:
    ///   - content: all of the file.
    ///   - relativePath: where it goes, below the folder.
    ///   - isSecret: gives the file mode 0600; others get 0644 within the user's umask.
    /// - Throws: ``FileProblem``; the old file is then untouched.
    public func write(_ content: [UInt8], to relativePath: String, isSecret: Bool) throws(FileProblem) -> Outcome {
        let target = path + "/" + relativePath
        guard Self.staysBelow(relativePath) else { throw FileProblem(action: .write, path: target, code: EINVAL) }
        // There is one: it was put there just now.
        let slash = target.lastIndex(of: "/") ?? target.startIndex
        let folder = String(target[..<slash])
        let name = target[target.index(after: slash)...]
        try refuseLinks(to: relativePath)
        try makeFolders(folder)
        if holds(target, content, isSecret: isSecret) { return .unchanged }
        let temporary = "\(folder)/.\(name)\(Self.temporaryMark)\(getpid())"
        let mode: mode_t = isSecret ? 0o600 : 0o644
        // A leftover of a killed run with the same process number is in the way and of no use.
        unsafe _ = unlink(temporary)
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileProblem(action: .write, path: target, code: errno) }
        do throws(FileProblem) {
            defer { close(descriptor) }
            try Self.writeAll(content, to: descriptor, path: target)
            guard fsync(descriptor) == 0 else { throw FileProblem(action: .write, path: target, code: errno) }
        } catch {
            unsafe _ = unlink(temporary)
            throw error
        }
        guard unsafe rename(temporary, target) == 0 else {
            let code = errno
            unsafe _ = unlink(temporary)
            throw FileProblem(action: .write, path: target, code: code)
        }
        syncFolder(folder)
        return .written
    }

    /// What stands before the process number in the names of temporary files, which are hidden.
    public static let temporaryMark = ".peerconf-"

    /// Removes temporary files that runs left behind when they were killed: some may hold keys.
    ///
    /// - Parameter relativePath: a folder below this one; empty for this one.
    public func removeLeftovers(in relativePath: String) {
        let folder = relativePath.isEmpty ? path : path + "/" + relativePath
        guard relativePath.isEmpty || Self.staysBelow(relativePath) else { return }
        guard let names = try? InputFolder.names(in: folder) else { return }
        for name in names where name.hasPrefix(".") {
            guard let mark = name.ranges(of: Self.temporaryMark).last,
                let process = pid_t(name[mark.upperBound...]),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unsafe _ = unlink("\(folder)/\(name)")
        }
    }

    /// Does something while no other run of this program does something of the kind in the same folder.
    ///
    /// Makes the folder. Where the file system knows no locks, others are not kept out.
    public func exclusively(_ body: () throws -> Void) throws {
        try makeFolders(path)
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(action: .write, path: path, code: errno) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        try body()
    }

    /// Whether a regular file with the wanted mode has that content; `false` sends the caller to write it anew.
    private func holds(_ target: String, _ content: [UInt8], isSecret: Bool) -> Bool {
        let descriptor = unsafe open(target, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            !isSecret || status.st_mode & 0o077 == 0, Int(status.st_size) == content.count
        else { return false }
        // One byte more than there should be shows a file that grows.
        var buffer = [UInt8](repeating: 0, count: min(65_536, content.count + 1))
        var rest = content[...]
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 && rest.isEmpty }
            guard rest.prefix(count) == buffer[..<count] else { return false }
            rest = rest.dropFirst(count)
        }
    }

    /// Refuses a path on which a folder below this one is a link: it would lead files, and keys with them, elsewhere.
    ///
    /// ``write(_:to:isSecret:)`` does, too; whoever writes several files asks for all of them before the first.
    ///
    /// - Throws: ``FileProblem``.
    public func refuseLinks(to relativePath: String) throws(FileProblem) {
        var folder = path
        for name in relativePath.split(separator: "/").dropLast() {
            folder += "/\(name)"
            var status = stat()
            guard unsafe lstat(folder, &status) == 0 else { continue }
            guard status.st_mode & S_IFMT != S_IFLNK else {
                throw FileProblem(action: .makeFolder, path: folder, code: ELOOP)
            }
        }
    }

    private func makeFolders(_ folder: String) throws(FileProblem) {
        var status = stat()
        if unsafe stat(folder, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw FileProblem(action: .makeFolder, path: folder, code: ENOTDIR)
            }
            return
        }
        if let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            try makeFolders(String(folder[..<slash]))
        }
        guard unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw FileProblem(action: .makeFolder, path: folder, code: errno)
        }
    }

    /// Whether a path leads nowhere but below the folder: whoever names files has seen to it, and this makes sure.
    private static func staysBelow(_ relativePath: String) -> Bool {
        relativePath.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !["", ".", ".."].contains($0)
        }
    }

    /// The new name must reach the disk too; where folders can't be synced, the content already has.
    private func syncFolder(_ folder: String) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    static func writeAll(_ content: [UInt8], to descriptor: Int32, path: String) throws(FileProblem) {
        var rest = content[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileProblem(action: .write, path: path, code: errno)
            }
            rest = rest.dropFirst(count)
        }
    }
}
