import Glibc

/// Small files that are read at once: site files, keys, templates.
public enum WholeFile {
    /// The most that is read: far more than any such file has.
    public static let limit = 16 << 20

    /// All bytes of a file.
    ///
    /// - Throws: ``FileProblem``; a file over the limit counts as too large to read (`EFBIG`).
    public static func read(_ path: String) throws(FileProblem) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileProblem(action: .read, path: path, code: errno) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        // Most such files are small: no more room is made than one takes, and a byte that shows its end.
        var status = stat()
        let size = unsafe fstat(descriptor, &status) == 0 && status.st_size > 0 ? Int(status.st_size) + 1 : 65_536
        var buffer = [UInt8](repeating: 0, count: min(65_536, size))
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileProblem(action: .read, path: path, code: errno)
            }
            if count == 0 { return content }
            content += buffer[..<count]
            guard content.count <= limit else { throw FileProblem(action: .read, path: path, code: EFBIG) }
        }
    }

    /// All bytes of a file, or `nil` where there is none.
    ///
    /// - Throws: ``FileProblem`` for any other failure.
    public static func readIfPresent(_ path: String) throws(FileProblem) -> [UInt8]? {
        do throws(FileProblem) {
            return try read(path)
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
    }
}
