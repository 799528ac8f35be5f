import TestSupport

/// One end of a line: its charon's configuration and its addresses.
struct Side: Sendable {
    /// Outside addresses; the cloud has one per tunnel.
    var addresses: [String]
    /// Addresses of hosts behind it, at least one in each of its networks.
    var hosts: [String]
    /// Its swanctl.conf.
    var configuration: String
}

/// How an attempt ended.
enum Outcome<Success: Sendable>: Sendable {
    case done(Success)
    /// It failed, with what the device's charon logged meanwhile.
    case failed(log: String)

    /// The success, `nil` for a failure.
    var success: Success? { if case .done(let success) = self { success } else { nil } }

    /// The log of a failure, `nil` for a success.
    var failure: String? { if case .failed(let log) = self { log } else { nil } }
}

/// Two charons on one line, the cloud's and the device's, both loaded.
///
/// The device's configuration is the one under test; the cloud's is written strictly by what the API says.
struct Negotiation: Sendable {
    var cloud: Charon
    var device: Charon
    var cloudLoad: LoadReport
    var deviceLoad: LoadReport

    /// Lets the device bring up a child and waits for the end of it.
    func initiate(_ child: String, seconds: Int = 5) async throws -> Outcome<Void> {
        let output = try await device.swanctl(["--initiate", "--child", child, "--timeout", "\(seconds)"])
        return output.status == 0 ? .done(()) : .failed(log: output.stdout + output.stderr)
    }

    /// Lets the cloud bring up a child and waits for the end of it.
    func initiateFromCloud(_ child: String, seconds: Int = 5) async throws -> Outcome<Void> {
        let output = try await cloud.swanctl(["--initiate", "--child", child, "--timeout", "\(seconds)"])
        return output.status == 0 ? .done(()) : .failed(log: output.stdout + output.stderr)
    }

    /// Waits until children of all these names are installed on the device, as `start_action` promises.
    func installed(
        _ names: Set<String>, seconds: Double = 5
    ) async throws -> Outcome<[SecurityAssociation.Child]> {
        let found = try await eventually(within: seconds) {
            let children = try await device.installedChildren()
            return names.isSubset(of: children.map(\.name)) ? children : nil
        }
        return found.map { .done($0) } ?? .failed(log: device.log())
    }

    /// Lets the device rekey a child, and waits for the new one.
    ///
    /// A wrong PFS group shows here and not before. swanctl reports success as soon as rekeying is queued,
    /// so the new child, or a refusal in the log, is what counts.
    func rekeyChild(_ name: String, seconds: Double = 5) async throws -> Outcome<SecurityAssociation.Child> {
        let before = try await device.installedChildren().first { $0.name == name }?.number ?? 0
        return try await rekey(["--child", name], seconds: seconds) {
            try await device.installedChildren().first { $0.name == name && $0.number > before }
        }
    }

    /// Lets the device rekey an IKE SA (IKEv1: make it anew), and waits for the new one.
    func rekeyIKE(_ name: String, seconds: Double = 5) async throws -> Outcome<SecurityAssociation> {
        let before = try await device.securityAssociations().map(\.number).max() ?? 0
        return try await rekey(["--ike", name], seconds: seconds) {
            try await device.securityAssociations().first {
                $0.name == name && $0.number > before && $0.state == "ESTABLISHED"
            }
        }
    }

    /// Whether a packet from a host behind the device comes out of a tunnel in the cloud, and the answer to it
    /// (port unreachable) out of one here.
    func passesTraffic(from source: String, to target: String) async throws -> Bool {
        let before = try await (device.receivedBytes(), cloud.receivedBytes())
        // The route that user-space ESP makes has one source address; this asks for another.
        try await device.namespace.ip("route replace \(target)/32 dev ipsec0 src \(source) table 219")
        try await device.namespace.ip("rule add to \(target)/32 lookup 219 pref 219")
        try await device.namespace.run("/bin/bash", ["-c", "echo peerconf >/dev/udp/\(target)/9"])
        try await device.namespace.ip("rule del pref 219")
        return try await eventually(within: 2) {
            let after = try await (device.receivedBytes(), cloud.receivedBytes())
            return after.0 > before.0 && after.1 > before.1 ? true : nil
        } ?? false
    }

    private func rekey<Success: Sendable>(
        _ arguments: [String], seconds: Double, _ result: () async throws -> Success?
    ) async throws -> Outcome<Success> {
        let logged = device.log().count
        let output = try await device.swanctl(["--rekey"] + arguments)
        guard output.status == 0 else { return .failed(log: output.stdout + output.stderr) }
        let end = try await eventually(within: seconds) { () -> Outcome<Success>? in
            if let success = try await result() { return .done(success) }
            let news = String(device.log().dropFirst(logged))
            return Self.refusals.contains { news.contains($0) } ? .failed(log: news) : nil
        }
        return end ?? .failed(log: String(device.log().dropFirst(logged)))
    }

    private static let refusals = [
        "NO_PROPOSAL_CHOSEN", "NO_PROP", "INVALID_KE_PAYLOAD", "TS_UNACCEPTABLE", "AUTHENTICATION_FAILED",
        "failed to establish CHILD_SA", "CHILD_SA rekeying failed", "IKE_SA rekeying failed",
    ]
}

extension Charon {
    fileprivate func receivedBytes() async throws -> Int {
        try await securityAssociations().flatMap(\.children).map(\.bytesIn).reduce(0, +)
    }
}

/// Runs `body` with two charons on one line; nothing of them remains afterwards.
///
/// The cloud is loaded first, so a device that starts by itself finds it ready.
func withNegotiation<Answer: Sendable>(
    cloud: Side, device: Side, _ body: (Negotiation) async throws -> Answer
) async throws -> Answer {
    try Tools.require(Tools.missingForNegotiating)
    await Gate.charons.enter()
    defer { Task { await Gate.charons.leave() } }
    let spaces = (cloud: try await Namespace(role: "cloud"), device: try await Namespace(role: "device"))
    do {
        try await Line.join(spaces.cloud, cloud, spaces.device, device)
        let charons = (
            cloud: try await Charon(in: spaces.cloud, esp: .userSpace),
            device: try await Charon(in: spaces.device, esp: .userSpace)
        )
        let cloudLoad = try await charons.cloud.load(cloud.configuration)
        let deviceLoad = try await charons.device.load(device.configuration)
        let answer = try await body(
            Negotiation(
                cloud: charons.cloud, device: charons.device, cloudLoad: cloudLoad, deviceLoad: deviceLoad))
        await charons.device.stop()
        await charons.cloud.stop()
        await spaces.device.end()
        await spaces.cloud.end()
        return answer
    } catch {
        await spaces.device.end()
        await spaces.cloud.end()
        throw error
    }
}
