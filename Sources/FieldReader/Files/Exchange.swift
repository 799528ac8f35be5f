import Glibc

/// An open file descriptor.
struct Descriptor {
    let number: Int32

    func close() { _ = Glibc.close(number) }
}

/// Two connected descriptors, closed in programs that are started unless they are handed on.
struct Pipe {
    let reading: Descriptor
    let writing: Descriptor

    init(_ name: String) throws(FileProblem) {
        var ends: [Int32] = [0, 0]
        let code = unsafe ends.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress) }
        guard code == 0 else { throw FileProblem(action: .read, path: name, code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = Descriptor(number: ends[0])
        writing = Descriptor(number: ends[1])
    }
}

/// Writes to a program and reads from it at the same time: neither side may wait for the other for ever.
struct Exchange {
    private var input: ArraySlice<UInt8>
    private let writer: Descriptor
    private let readers: [Descriptor]
    private var isOpen = [true, true, true]
    /// What the program said.
    private(set) var output: [UInt8] = []
    /// The beginning of what it complained of.
    private(set) var errors: [UInt8] = []

    init(input: [UInt8], to writer: Descriptor, from reader: Descriptor, messages: Descriptor) {
        self.input = input[...]
        self.writer = writer
        readers = [reader, messages]
        _ = fcntl(writer.number, F_SETFL, O_NONBLOCK)
        if input.isEmpty { endInput() }
    }

    /// Goes on until the program has closed both of its outputs; then the writer is closed too.
    ///
    /// - Returns: whether everything was taken; `false` when it said more than is allowed.
    mutating func run() -> Bool {
        defer { endInput() }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isOpen[1] || isOpen[2] {
            var waiting = [writer, readers[0], readers[1]].enumerated().map { place, descriptor in
                pollfd(
                    fd: isOpen[place] ? descriptor.number : -1, events: Int16(place == 0 ? POLLOUT : POLLIN), revents: 0
                )
            }
            let count = unsafe waiting.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 3, -1) }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            if waiting[0].revents != 0 { write() }
            for place in 1...2 where waiting[place].revents != 0 {
                let count = unsafe buffer.withUnsafeMutableBytes {
                    unsafe read(readers[place - 1].number, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                if count <= 0 {
                    isOpen[place] = false
                } else if place == 1 {
                    output += buffer[..<count]
                    if output.count > Program.limit { return false }
                } else if errors.count < 4096 {
                    errors += buffer[..<min(count, 4096)]
                }
            }
        }
        return true
    }

    private mutating func write() {
        let part = input.prefix(65_536)
        let count = unsafe part.withUnsafeBytes { unsafe Glibc.write(writer.number, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        // A program that reads no further has its reasons, which its status tells.
        input = count < 0 ? [] : input.dropFirst(count)
        if input.isEmpty { endInput() }
    }

    /// The program sees the end of its input.
    private mutating func endInput() {
        guard isOpen[0] else { return }
        isOpen[0] = false
        writer.close()
    }
}
