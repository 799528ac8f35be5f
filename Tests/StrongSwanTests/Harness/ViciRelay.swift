import Foundation
import Synchronization
import TestSupport

/// A command that went through a relay, with the daemon's answer.
struct ViciExchange: Equatable, Sendable {
    var command: String
    var request: ViciTree
    var response: ViciTree?
}

/// Stands between a vici client and charon, passes every byte on unchanged and keeps what was said.
///
/// This is the exact reader of a swanctl.conf: the messages are what swanctl understood, after its quoting,
/// its comments and its `0x` prefixes, before charon interprets it.
final class ViciRelay: Sendable {
    private struct State {
        var exchanges: [ViciExchange] = []
        var unreadable: [String] = []
    }

    private let listener: UnixSocket
    private let target: String
    private let state = Mutex(State())

    /// Listens at `path` and connects each client with the daemon at `target`.
    init(at path: String, to target: String) throws {
        listener = try UnixSocket.listening(at: path)
        self.target = target
        Thread.detachNewThread { [self] in
            while let client = listener.accepted() {
                Thread.detachNewThread { self.serve(client) }
            }
            listener.close()
        }
    }

    /// Takes no more clients.
    func stop() { listener.shutDown() }

    /// Everything said so far.
    ///
    /// Throws when a message could not be decoded, so that nothing is missed.
    func exchanges() throws -> [ViciExchange] {
        try state.withLock { state in
            if let first = state.unreadable.first { throw HarnessError(first) }
            return state.exchanges
        }
    }

    private func serve(_ client: UnixSocket) {
        defer { client.close() }
        guard let daemon = try? UnixSocket.connected(to: target) else { return }
        defer { daemon.close() }
        // Place of this client's open request; a client has one at a time.
        var open: Int?
        while true {
            let readable = UnixSocket.readable(client, daemon)
            if readable.first, !forward(from: client, to: daemon, &open) { return }
            if readable.second, !forward(from: daemon, to: client, &open) { return }
        }
    }

    /// Passes on one message, kept before it is sent: who has the answer finds it here.
    private func forward(from source: UnixSocket, to sink: UnixSocket, _ open: inout Int?) -> Bool {
        guard let prefix = source.receive(4) else { return false }
        let length = prefix.reduce(0) { $0 << 8 | Int($1) }
        guard let body = source.receive(length) else { return false }
        do {
            keep(try ViciPacket(body), &open)
        } catch {
            state.withLock { $0.unreadable.append("\(error)") }
        }
        return sink.send(prefix + body)
    }

    private func keep(_ packet: ViciPacket, _ open: inout Int?) {
        switch packet {
        case .request(let command, let tree):
            open = state.withLock { state in
                state.exchanges.append(ViciExchange(command: command, request: tree))
                return state.exchanges.count - 1
            }
        case .response(let tree):
            guard let place = open else { return }
            state.withLock { $0.exchanges[place].response = tree }
        case .commandUnknown, .register, .unregister, .eventConfirmed, .eventUnknown, .event: break
        }
    }
}
