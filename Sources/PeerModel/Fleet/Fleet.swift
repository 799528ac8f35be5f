public import CloudAPI
public import Findings

/// All connections of the inputs, by the devices on which they end.
public struct Fleet: Sendable {
    /// The devices, by name.
    public private(set) var devices: [Device]
    /// What is wrong or doubtful, in the order of the connections' ids.
    public private(set) var findings: [Finding]
    /// Ids of connections that were given but can't be rendered; each has a finding.
    public private(set) var leftOut: [String]

    /// Turns what the cloud said into devices.
    ///
    /// The result does not depend on the order of the inputs. Tunnels have no numbers yet.
    ///
    /// - Parameters:
    ///   - connections: what the answers say, each connection once.
    ///   - gateways: the answers' gateways, by id.
    ///   - site: what the API can't know.
    ///   - options: whose view identities are written from, what is passed over, keys from elsewhere.
    ///   - knownDevices: names that devices had before, which they keep.
    ///   - origins: where values came from, for findings.
    public init(
        connections: [VPNConnection], gateways: GatewayDirectory, site: SiteFile = SiteFile(),
        options: ReadingOptions = ReadingOptions(), knownDevices: Set<String> = [], origins: OriginTable
    ) {
        var findings: [Finding] = []
        leftOut = []
        var read: [Connection] = []
        // Positions are sorted, not records: a record is large.
        let ids = connections.map { $0.vpnConnectionId.value }
        for index in ids.indices.sorted(by: { (ids[$0], $0) < (ids[$1], $1) }) {
            let source = connections[index]
            let reading = Connection.reading(source, gateways: gateways, options: options, origins: origins)
            findings += reading.findings
            if let connection = reading.connection {
                read.append(connection)
            } else if !reading.isPassedOver {
                leftOut.append(source.vpnConnectionId.value)
            }
        }
        let grouping = Grouping(site: site, knownNames: knownDevices, isStrict: options.isStrict)
        var joined: [Finding] = []
        devices = grouping.devices(of: read, &joined)
        let checks = FleetChecks.of(devices, origins: origins)
        self.findings = findings + joined + checks.findings + gateways.findings(origins)
        guard !checks.refused.isEmpty else { return }
        leftOut += checks.refused.sorted()
        for index in devices.indices { devices[index].connections.removeAll { checks.refused.contains($0.id.value) } }
        devices.removeAll { $0.connections.isEmpty }
    }

    /// Gives all tunnels numbers that depend on their ids alone, where no lock file keeps any.
    ///
    /// - Parameter range: the numbers that a device can take; `nil` where any will do.
    /// - Throws: a `Finding` when the site file gives a number twice, or there are more tunnels than numbers.
    public mutating func numberByID(in range: (Device) -> ClosedRange<Int>? = { _ in nil }) throws(Finding) {
        for index in devices.indices { findings += try devices[index].assignDerivedNumbers(range(devices[index])) }
    }

    /// Gives all tunnels the numbers that the lock keeps, and enters new ones in it.
    ///
    /// - Parameters:
    ///   - lock: the numbers that were given out.
    ///   - file: the lock's name, for findings.
    ///   - range: the numbers that a device can take; `nil` where any will do.
    /// - Throws: a `Finding` when numbers contradict each other.
    public mutating func number(
        with lock: inout NumberLock, file: String, in range: (Device) -> ClosedRange<Int>? = { _ in nil }
    ) throws(Finding) {
        let earlier = lock.numbersByTunnel
        for index in devices.indices {
            let device = devices[index]
            // Where a device takes none so high, all that it takes.
            let own = range(device).map { limits in
                limits.contains(NumberLock.firstNumber) ? NumberLock.firstNumber...limits.upperBound : limits
            }
            let numbers = try lock.assign(
                device.tunnelIDs, of: device.name,
                pins: device.settings.tunnels.compactMapValues(\.number),
                range: device.settings.tunnelNumbers ?? own, earlier: earlier, file: file)
            devices[index].setNumbers(numbers)
        }
    }

    /// Enters in a table of origins where each tunnel's number is kept, so that values can say that they came from
    /// there.
    ///
    /// - Parameters:
    ///   - lock: the text of `peerconf.lock`, and the file's name.
    ///   - origins: the table.
    public mutating func locateNumbers(lock: (text: String, file: String)?, in origins: inout OriginTable) {
        let file = lock.map { origins.addFile($0.file) } ?? 0
        let lines = TOMLKeyLines(lock?.text ?? "")
        for index in devices.indices {
            let device = devices[index]
            devices[index].changeTunnels { tunnel in
                let pinned = device.settings.tunnels[tunnel.id.value]?.origin(of: "number") ?? .none
                let path = "\(device.name).\(tunnel.number)"
                let kept = lines.exactLine(of: path).map { line in
                    Origin(file: file, line: UInt32(line), column: 0, field: origins.addField(path))
                }
                tunnel.numberOrigin = pinned != .none ? pinned : kept ?? .none
            }
        }
    }

    /// Forgets all devices but one.
    public mutating func keepOnly(device name: String) { devices.removeAll { $0.name != name } }

    /// All connections, by device, then id.
    ///
    /// One whose tunnels end on two devices is there twice, each time with the tunnels of one.
    public var connections: [Connection] { devices.flatMap { $0.connections } }

    /// All connections with all their tunnels, each once, by id.
    public var wholeConnections: [Connection] {
        var whole: [Connection] = []
        for part in connections.sorted(by: { $0.id.value < $1.id.value }) {
            if let last = whole.last, last.id.value == part.id.value {
                whole[whole.count - 1].tunnels = (last.tunnels + part.tunnels).sorted { $0.position < $1.position }
            } else {
                whole.append(part)
            }
        }
        return whole
    }
}

extension Device {
    /// Gives each tunnel a number that depends on its id alone.
    fileprivate mutating func assignDerivedNumbers(_ limits: ClosedRange<Int>?) throws(Finding) -> [Finding] {
        let ids = tunnelIDs
        let range = self.settings.tunnelNumbers ?? limits
        let pins = self.settings.tunnels.compactMapValues(\.number).filter { ids.contains($0.key) }
        var owners: [Int: String] = [:]
        for (id, pin) in pins.sorted(by: { $0.key < $1.key }) {
            if let other = owners.updateValue(id, forKey: pin) {
                let problem = LockProblem.pinTaken(pin, tunnel: id, other: other, isPinned: true, device: self.name)
                throw problem.finding(nil)
            }
        }
        let (numbers, displaced) = DerivedNumbers.assign(to: ids, in: range, pins: pins)
        if let range, ids.contains(where: { numbers[$0] == nil }) {
            throw LockProblem.rangeUsedUp(range, device: self.name).finding(nil)
        }
        setNumbers(numbers)
        return displaced.map { FleetProblem.numberDisplaced(tunnel: $0, device: self.name).finding }
    }

    fileprivate var tunnelIDs: [String] {
        var ids: [String] = []
        for connection in self.connections {
            for tunnel in connection.tunnels { ids.append(tunnel.id.value) }
        }
        return ids
    }

    fileprivate mutating func setNumbers(_ numbers: [String: Int]) {
        changeTunnels { $0.number = numbers[$0.id.value] ?? 0 }
    }

    fileprivate mutating func changeTunnels(_ change: (inout Tunnel.Parts) -> Void) {
        self.connections = self.connections.map { connection in
            var connection = connection
            connection.tunnels = connection.tunnels.map { tunnel in
                var parts = tunnel.parts.value
                change(&parts)
                return Tunnel(parts)
            }
            return connection
        }
    }
}

extension Connection {
    /// The customer gateways of its tunnels, sorted, each once.
    public var customerGateways: [String] {
        Set(self.tunnels.compactMap { $0.device.customerGateway?.value }).sorted()
    }
}
