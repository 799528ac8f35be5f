internal import Findings
internal import Glibc

/// Where the bytes of a document come from, and how the user calls it.
public struct ByteSource: Sendable {
    /// The name shown in findings: as the user wrote it, `<stdin>` for standard input.
    public let name: String
    let content: Content
    /// The most bytes handed out at once; small ones are for tests of what happens at the seams.
    let chunkSize: Int

    enum Content: Sendable {
        case bytes([UInt8])
        case descriptor(Int32)
    }

    /// Reads bytes in memory.
    ///
    /// - Parameters:
    ///   - bytes: the whole document.
    ///   - name: the name shown in findings.
    ///   - chunkSize: hands out at most this many bytes at once, as a slow pipe would.
    public init(_ bytes: [UInt8], name: String, chunkSize: Int = .max) {
        self.name = name
        content = .bytes(bytes)
        self.chunkSize = max(1, chunkSize)
    }

    /// Reads an open file descriptor from where it stands up to its end, and leaves it open.
    public init(descriptor: Int32, name: String) {
        self.name = name
        content = .descriptor(descriptor)
        chunkSize = .max
    }

    /// Standard input, named `<stdin>`.
    public static var standardInput: ByteSource { ByteSource(descriptor: 0, name: "<stdin>") }

    /// Opens a file, lends it as a source and closes it.
    ///
    /// - Throws: ``ReadProblem`` if it cannot be opened.
    public static func withFile<Result>(
        _ path: String, _ body: (ByteSource) throws(ReadProblem) -> Result
    ) throws(ReadProblem) -> Result {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw ReadProblem(systemError: errno, in: path) }
        defer { close(descriptor) }
        return try body(ByteSource(descriptor: descriptor, name: path))
    }
}

/// The bytes of a ``ByteSource``, read once from front to back.
struct ByteStream {
    let source: ByteSource
    /// Bytes read ahead by ``peek(_:)`` and not handed out yet, from `headPosition`.
    private var head: [UInt8] = []
    private var headPosition = 0
    private var position = 0
    /// Whether the end has been met.
    private(set) var isAtEnd = false

    init(_ source: ByteSource) {
        self.source = source
    }

    /// The next bytes without using them up: `count` of them, fewer only at the end.
    mutating func peek(_ count: Int) throws(ReadProblem) -> [UInt8] {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { unsafe chunk.deallocate() }
        while head.count < count {
            let got = try unsafe readSource(
                into: UnsafeMutableRawBufferPointer(rebasing: chunk[..<(count - head.count)]))
            if got == 0 { break }
            unsafe head.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<got]))
        }
        return head
    }

    /// Fills the buffer, or a part of it at the end, and returns how large a part.
    ///
    /// libxml2 needs this: it takes a first block of less than four bytes for a broken document.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ReadProblem) -> Int {
        var count = 0
        while count < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let got = try unsafe read(into: rest)
            if got == 0 { break }
            count += got
        }
        return count
    }

    /// Fills a part of the buffer and returns how large a part; 0 only at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadProblem) -> Int {
        guard headPosition < head.count else { return try unsafe readSource(into: buffer) }
        let count = min(buffer.count, head.count - headPosition, source.chunkSize)
        unsafe buffer.copyBytes(from: head[headPosition..<headPosition + count])
        headPosition += count
        return count
    }

    private mutating func readSource(into buffer: UnsafeMutableRawBufferPointer) throws(ReadProblem) -> Int {
        let wanted = min(buffer.count, source.chunkSize)
        switch source.content {
        case .bytes(let bytes):
            let count = min(wanted, bytes.count - position)
            unsafe buffer.copyBytes(from: bytes[position..<position + count])
            position += count
            isAtEnd = isAtEnd || count == 0
            return count
        case .descriptor(let descriptor):
            while true {
                let count = unsafe Glibc.read(descriptor, buffer.baseAddress, wanted)
                if count > 0 { return count }
                if count == 0 {
                    isAtEnd = true
                    return 0
                }
                if errno != EINTR { throw ReadProblem(systemError: errno, in: source.name) }
            }
        }
    }
}

extension ReadProblem {
    /// What the operating system says, in its own words, which name no content.
    init(systemError code: Int32, in file: String) {
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        self.init(.unreadable(reason: reason), at: SourceLocation(file: file, line: 1))
    }
}
