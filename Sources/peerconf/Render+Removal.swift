import ArgumentParser
import CloudAPI
import DevicePacks
import Findings
import PeerModel

extension Render {
    func validateRemoval() throws {
        if check { throw ValidationError("--remove prints commands; --check compares files.") }
        if inputs.reading.selects {
            throw ValidationError("--remove names its connections itself: leave out the selection.")
        }
        if keys.secrets != .placeholder {
            throw ValidationError("There are no keys in a removal: leave out --secrets.")
        }
    }

    /// `--remove`: prints what takes connections off their devices, and writes nothing.
    func printRemoval() throws {
        let ids = Set(remove)
        let folder = outputFolder.map(OutputTree.init)
        let kept = try folder?.lock().lock
        var reading = try inputs.read(
            for: Purpose(
                knownDevices: Set(kept?.devices.keys ?? [:].keys), keepsUnselected: true, removed: ids, needsKeys: false
            ))
        reading.selected = ids
        var job = RenderJob(
            device: device, library: try packs.library(reading.site.templatesPath), options: RenderingOptions(),
            isStrict: inputs.strict)
        var missing = unknown(reading) + unreadable(reading)
        if let kept {
            let unnumbered = withoutNumbers(reading, kept)
            missing += unnumbered.map { Self.noNumber($0, folder?.lockPath ?? "") }
            job.removed = ids.subtracting(unnumbered)
        } else {
            job.removed = ids
        }
        var result = RenderJob.Result()
        if !job.removed.isEmpty {
            // A copy: the lock on disk stays as it is.
            var lock = kept ?? NumberLock()
            result =
                if let folder { try job.render(&reading, lock: &lock, lockPath: folder.lockPath) } else {
                    try job.render(&reading)
                }
        }
        if !result.isRefused { try print(result.documents) }
        missing += Set(result.leftOut).sorted().filter { id in
            // A pack without removals says so itself.
            !result.findings.contains { $0.rule == "PC309" && $0.place.connection == id }
        }.map(Self.notRendered)
        // Doubts about a connection matter no more when it goes.
        let found = (reading.allFindings + result.findings).filter {
            $0.severity == .error || $0.place.connection == nil
        }
        Console.report(found + missing)
        let status = ExitStatus(
            findings: found + missing, leftOut: missing.count, done: result.isRefused ? 0 : result.documents.count)
        if status != .clean { throw status.code }
    }

    /// Ids that no input has.
    private func unknown(_ reading: FleetReading) -> [Finding] {
        let known = Set(reading.connections.map { $0.vpnConnectionId.value } + reading.leftOut.map(\.id)).sorted()
        return Set(remove).subtracting(known).sorted().map { id in
            let hint = didYouMean(nearestName(to: id, among: known))
            return Finding(
                "PC307", .error, "no input has a connection \(id)\(hint)",
                remedy: "give answers from when it was there: git show REV:FILE prints an old file")
        }
    }

    /// Connections whose answers can't be understood.
    private func unreadable(_ reading: FleetReading) -> [Finding] {
        Set(reading.leftOut.map(\.id)).intersection(remove).sorted().map(Self.notRendered)
    }

    /// Connections with a tunnel to which the lock gives no number: they were never rendered there.
    private func withoutNumbers(_ reading: FleetReading, _ lock: NumberLock) -> [String] {
        let numbers = lock.numbersByTunnel
        return Set(
            reading.fleet.connections.filter { connection in
                remove.contains(connection.id.value) && connection.tunnels.contains { numbers[$0.id.value] == nil }
            }.map(\.id.value)
        ).sorted()
    }

    private static func noNumber(_ id: String, _ lockPath: String) -> Finding {
        Finding(
            "PC310", .error, "\(lockPath) has no number for a tunnel of \(id): it was never rendered there",
            at: Place(connection: id), remedy: "name the folder with -o that its files were rendered into")
    }

    private static func notRendered(_ id: String) -> Finding {
        Finding(
            "PC308", .error, "\(id) can't be rendered, so nothing tells what is on the device for it",
            at: Place(connection: id),
            remedy: "give the answers and the version of the device from which its files were rendered")
    }
}
