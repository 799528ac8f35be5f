import Glibc
import TestSupport

/// A stream socket with a path as its address: the little of it that a relay needs.
///
/// Foundation has no Unix sockets. This is the only file of the harness that talks to C.
struct UnixSocket: Sendable {
    private let descriptor: Int32

    /// A socket that waits for clients at `path`.
    static func listening(at path: String) throws -> UnixSocket {
        let socket = try UnixSocket()
        let status = try unsafe withAddress(path) { unsafe bind(socket.descriptor, $0, $1) }
        guard status == 0, listen(socket.descriptor, 8) == 0 else { throw socket.failure("listen", path) }
        return socket
    }

    /// A socket connected to the server at `path`.
    static func connected(to path: String) throws -> UnixSocket {
        let socket = try UnixSocket()
        let status = try unsafe withAddress(path) { unsafe connect(socket.descriptor, $0, $1) }
        guard status == 0 else { throw socket.failure("connect", path) }
        return socket
    }

    private init() throws {
        // Close-on-exec, or a program started meanwhile would keep the connection open.
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw HarnessError("socket: errno \(errno)") }
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next client; `nil` once the socket is shut down.
    func accepted() -> UnixSocket? {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return nil }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        return UnixSocket(descriptor: client)
    }

    /// Exactly `count` bytes; `nil` when the other end closes before.
    func receive(_ count: Int) -> [UInt8]? {
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, count, Int32(MSG_WAITALL))
        }
        return got == count ? bytes : nil
    }

    /// Sends all bytes; `false` when the other end is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Without the flag a vanished reader would end the whole test run by a signal.
            let sent = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Waits until one of two sockets has something to read, or has ended.
    static func readable(_ first: UnixSocket, _ second: UnixSocket) -> (first: Bool, second: Bool) {
        var polls = [
            pollfd(fd: first.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: second.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe polls.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, -1) }
        return (polls[0].revents != 0, polls[1].revents != 0)
    }

    /// Ends both directions: whoever waits on this socket goes on.
    func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Gives the descriptor back; nobody may use the socket afterwards.
    func close() { _ = Glibc.close(descriptor) }

    private func failure(_ call: String, _ path: String) -> HarnessError {
        let number = errno
        close()
        return HarnessError("\(call) \(path): errno \(number)")
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw HarnessError("path too long for a socket: \(path)") }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        return unsafe withUnsafePointer(to: address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
