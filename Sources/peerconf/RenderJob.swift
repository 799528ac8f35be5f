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
        var findings: [Finding] = []
        var leftOutCount = 0
        /// Whether nothing may be written, because `--strict` found something open.
        var isRefused = false
    }

    /// The pack that the command line names, for devices of which the site file says none.
    let device: String?
    let library: PackLibrary
    let options: RenderingOptions
    let isStrict: Bool

    /// Renders with numbers that depend on the tunnels' ids alone.
    func render(_ fleet: inout Fleet, origins: OriginTable) throws -> Result {
        let packs = try packs(for: fleet)
        fleet.numberByID { packs[$0.name]?.limits.tunnelNumber }
        return try render(fleet, packs, origins)
    }

    /// Renders with the lock's numbers, and enters new ones in it.
    func render(
        _ fleet: inout Fleet, lock: inout NumberLock, lockPath: String, origins: OriginTable
    ) throws -> Result {
        let packs = try packs(for: fleet)
        try fleet.number(with: &lock, file: lockPath) { packs[$0.name]?.limits.tunnelNumber }
        return try render(fleet, packs, origins)
    }

    /// Renders with the numbers that the text of a lock keeps, or by ids, and with values that say where they came
    /// from; the lock stays as it is.
    func explain(
        _ fleet: inout Fleet, lock: (text: String, file: String)?, origins: inout OriginTable
    ) throws -> Result {
        let packs = try packs(for: fleet)
        if let lock {
            var numbers = try NumberLock(text: lock.text, file: lock.file)
            try fleet.number(with: &numbers, file: lock.file) { packs[$0.name]?.limits.tunnelNumber }
        } else {
            fleet.numberByID { packs[$0.name]?.limits.tunnelNumber }
        }
        fleet.locateNumbers(lock: lock, in: &origins)
        return try render(fleet, packs, origins)
    }

    private func packs(for fleet: Fleet) throws(Finding) -> [String: Pack] {
        var known: [String: Pack] = [:]
        var packs: [String: Pack] = [:]
        if let device { known[device] = try library.pack(device) }
        for router in fleet.devices {
            guard let reference = router.settings.device ?? device else {
                throw Finding(
                    "PC084", .error, "nothing says what the device is", at: Place(device: router.name),
                    remedy: "name it with --device (\(library.names.joined(separator: ", "))), or in the site file")
            }
            if known[reference] == nil { known[reference] = try library.pack(reference) }
            packs[router.name] = known[reference]
        }
        return packs
    }

    private func render(_ fleet: Fleet, _ packs: [String: Pack], _ origins: OriginTable) throws(Finding) -> Result {
        var result = Result()
        for device in fleet.devices {
            guard let pack = packs[device.name] else { continue }
            let rendering = try pack.render(device, options: options, origins: origins)
            let open = OpenPlaceholders(in: rendering.documents).findings(device: device.name, isStrict: isStrict)
            result.documents += rendering.documents.map { File(path: "\(device.name)/\($0.path)", document: $0) }
            result.findings += rendering.findings + open
            result.leftOutCount += rendering.leftOut.count
            if isStrict, !open.isEmpty { result.isRefused = true }
        }
        return result
    }
}
