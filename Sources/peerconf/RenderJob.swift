import DevicePacks
import Findings
import PeerModel

/// Renders all devices of a fleet, each with its pack.
struct RenderJob {
    /// A document and its path below the output folder.
    struct File {
        var path: String
        var document: Document
    }

    /// What became of a fleet.
    struct Result {
        var documents: [File] = []
        /// How many documents the receiver got instead.
        var handedOut = 0
        var findings: [Finding] = []
        /// Ids of connections that their pack can't express; each has a finding.
        var leftOut: [String] = []
        /// Whether nothing may be written, because `--strict` found something open.
        var isRefused = false
    }

    /// The pack that the command line names, for devices of which the site file says none.
    let device: String?
    let library: PackLibrary
    let options: RenderingOptions
    let isStrict: Bool
    /// Connections of which not the configuration is wanted, but what takes it away again.
    var removed: Set<String> = []
    /// Takes each device's documents as soon as they are there, so that a fleet's need not be held; not with
    /// `--strict`, where something open on the last device lets nothing be written.
    var receiver: (([File]) throws -> Void)?

    /// Renders with numbers that depend on the tunnels' ids alone.
    func render(_ reading: inout FleetReading) throws -> Result {
        let packs = try packs(for: reading)
        try reading.fleet.numberByID { packs[$0.name]?.limits.tunnelNumber }
        return try render(reading, packs)
    }

    /// Renders with the lock's numbers, and enters new ones in it.
    func render(_ reading: inout FleetReading, lock: inout NumberLock, lockPath: String) throws -> Result {
        let packs = try packs(for: reading)
        try reading.fleet.number(with: &lock, file: lockPath) { packs[$0.name]?.limits.tunnelNumber }
        return try render(reading, packs)
    }

    /// Renders with the numbers that the text of a lock keeps, or by ids, and with values that say where they came
    /// from; the lock stays as it is.
    func explain(_ reading: inout FleetReading, lock: (text: String, file: String)?) throws -> Result {
        let packs = try packs(for: reading)
        if let lock {
            var numbers = try NumberLock(text: lock.text, file: lock.file)
            try reading.fleet.number(with: &numbers, file: lock.file) { packs[$0.name]?.limits.tunnelNumber }
        } else {
            try reading.fleet.numberByID { packs[$0.name]?.limits.tunnelNumber }
        }
        reading.fleet.locateNumbers(lock: lock, in: &reading.origins)
        return try render(reading, packs)
    }

    /// The pack of each device that has something to render.
    private func packs(for reading: FleetReading) throws(Finding) -> [String: Pack] {
        var known: [String: Pack] = [:]
        var packs: [String: Pack] = [:]
        if let device { known[device] = try library.pack(device) }
        for router in reading.fleet.devices
        where router.connections.contains(where: { reading.isSelected($0.id.value) }) {
            guard let reference = router.settings.device ?? device else {
                throw Finding(
                    "PC084", .error, "nothing says what the device is", at: Place(device: router.name),
                    remedy: "name it with --device (\(library.names.joined(separator: ", "))), or in the site file")
            }
            if known[reference] == nil {
                do throws(Finding) {
                    known[reference] = try library.pack(reference)
                } catch {
                    var finding = error
                    let origin = router.settings.origin(of: "device")
                    if router.settings.device != nil, let location = reading.origins.location(of: origin) {
                        finding.place = Place(
                            location: location, field: reading.origins.field(of: origin), device: router.name)
                    }
                    throw finding
                }
            }
            packs[router.name] = known[reference]
        }
        return packs
    }

    /// Renders what is selected: its own files, and those of the whole device, which hold everything that is on it.
    private func render(_ reading: FleetReading, _ packs: [String: Pack]) throws -> Result {
        var result = Result()
        let receiver = isStrict || !removed.isEmpty ? nil : receiver
        if receiver != nil { try prepare(packs, for: reading) }
        var places = RuleFindingPlaces(reading.connections, origins: reading.origins)
        for (index, device) in reading.fleet.devices.enumerated() {
            Progress.tell("rendering \(device.name), \(index + 1) of \(reading.fleet.devices.count) devices")
            guard let pack = packs[device.name] else { continue }
            guard removed.isEmpty else {
                result.add(try removal(from: device, pack, reading), isStrict: isStrict)
                continue
            }
            var rendering = try pack.render(device, options: options, origins: reading.origins)
            rendering.documents.removeAll { $0.connection.map { !reading.isSelected($0) } ?? false }
            rendering.findings.removeAll { $0.place.connection.map { !reading.isSelected($0) } ?? false }
            let open = OpenPlaceholders(in: rendering.documents).findings(device: device.name, isStrict: isStrict)
            let files = rendering.documents.map { File(path: "\(device.name)/\($0.path)", document: $0) }
            if let receiver {
                try receiver(files)
                result.handedOut += files.count
            } else {
                result.documents += files
            }
            for finding in rendering.findings { result.findings.append(places.completed(finding, pack)) }
            result.findings += open
            result.findings += incomplete(rendering, device, reading).map { [$0] } ?? []
            result.leftOut += rendering.leftOut.filter(reading.isSelected)
            if isStrict, !open.isEmpty { result.isRefused = true }
        }
        return result
    }

    /// Finds what is wrong with a pack's templates before anything is handed out.
    private func prepare(_ packs: [String: Pack], for reading: FleetReading) throws(Finding) {
        var known: Set<String> = []
        for device in reading.fleet.devices {
            guard let pack = packs[device.name], known.insert(pack.reference).inserted else { continue }
            try pack.prepare(options, origins: reading.origins)
        }
    }

    /// What a device's shared files lack, because a connection of it is left out.
    private func incomplete(_ rendering: Rendering, _ device: Device, _ reading: FleetReading) -> Finding? {
        let gateways = Set(device.customerGateways + device.settings.customerGateways)
        let unread = reading.leftOut.filter { !gateways.isDisjoint(with: $0.customerGateways) }.map(\.id)
        let missing = Set(unread + rendering.leftOut).sorted()
        let shared = rendering.documents.filter { $0.connection == nil }.map(\.path)
        guard !missing.isEmpty, !shared.isEmpty else { return nil }
        return Finding(
            "PC306", .warning,
            "\(shared.joined(separator: ", ")) \(shared.count == 1 ? "is" : "are") without "
                + "\(missing.joined(separator: ", ")), which can't be rendered",
            at: Place(device: device.name),
            remedy: "solve that first: if it is up, putting these files in place would take it down")
    }
}
