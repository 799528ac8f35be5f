import ArgumentParser
import DevicePacks
import FieldReader
import Findings
import PeerModel
import Review
import TemplateEngine

/// Renders once more with source maps and finds the line that is asked for.
struct LineExplaining {
    let location: SourceLocation
    let inputs: Inputs
    let device: String?
    let packs: PackOptions

    /// The file that is asked for, as rendered in one of the ways that keys can be written.
    private struct Candidate {
        var lines: [ArraySlice<UInt8>]
        var sources: [SourceMap.Line]
        var origins: OriginTable
        var pack: String
    }

    /// The explanation.
    var text: String {
        get throws {
            guard !inputs.inputs.isEmpty else {
                throw Finding(
                    "PC406", .error, "where the line's values come from can only be told from the answers",
                    at: Place(location: location),
                    remedy: "name the inputs too: peerconf explain \(location) cloud/ --site peerconf.toml")
            }
            let candidates = try candidates()
            let existing = try WholeFile.readIfPresent(location.file).map(Self.lines)
            let index = location.line - 1
            guard let existing, existing.indices.contains(index) else {
                return try explanation(candidates[0], line: location.line)
            }
            // A file with keys differs from one with placeholders: the way in which the line is the same counts.
            for candidate in candidates where candidate.lines.indices.contains(index) {
                if candidate.lines[index] == existing[index] {
                    return try explanation(candidate, line: location.line)
                }
            }
            // The file is older, but the line is still there.
            let places = candidates[0].lines.indices.filter { candidates[0].lines[$0] == existing[index] }
            guard places.count == 1, let place = places.first else { throw changed }
            return try explanation(candidates[0], line: place + 1)
        }
    }

    /// The file in each way of writing keys that has it; at least one.
    private func candidates() throws -> [Candidate] {
        let steps = location.file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let reading = try inputs.read(
            for: Purpose(knownDevices: Set(steps), keepsUnselected: true, needsKeys: false))
        let names = Set(reading.fleet.devices.map(\.name))
        guard let index = steps.lastIndex(where: names.contains), index < steps.count - 1 else {
            throw notRendered(names.sorted())
        }
        let path = steps[index...].joined(separator: "/")
        let lockPath = index == 0 ? "peerconf.lock" : steps[..<index].joined(separator: "/") + "/peerconf.lock"
        let lock = try WholeFile.readIfPresent(lockPath).map { (String(decoding: $0, as: UTF8.self), lockPath) }
        var candidates: [Candidate] = []
        var known: Set<String> = []
        for secrets in SecretsMode.allCases {
            var device = reading
            device.fleet.keepOnly(device: steps[index])
            var options = RenderingOptions(secrets: secrets)
            options.keepsSourceMaps = true
            let job = RenderJob(
                device: self.device, library: try packs.library(reading.site.templatesPath), options: options,
                isStrict: false)
            let files = try job.explain(&device, lock: lock).documents
            known.formUnion(files.map(\.path))
            guard let document = files.first(where: { $0.path == path })?.document else { continue }
            candidates.append(
                Candidate(
                    lines: Self.lines(document.content), sources: document.sourceMap?.lines ?? [],
                    origins: device.origins,
                    pack: device.fleet.devices.first?.settings.device ?? self.device ?? ""))
        }
        if candidates.isEmpty { throw notRendered(known.sorted()) }
        return candidates
    }

    private func explanation(_ candidate: Candidate, line: Int) throws -> String {
        guard candidate.sources.indices.contains(line - 1) else {
            throw Finding(
                "PC407", .error, "the file has \(candidate.sources.count) lines", at: Place(location: location),
                remedy: "name one of them")
        }
        return LineExplanation(
            .init(
                location: SourceLocation(file: location.file, line: line), content: Array(candidate.lines[line - 1]),
                source: candidate.sources[line - 1], pack: candidate.pack),
            origins: candidate.origins
        ).text
    }

    private static func lines(_ content: [UInt8]) -> [ArraySlice<UInt8>] {
        content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    private var changed: Finding {
        Finding(
            "PC405", .error, "this line is not what would be rendered now", at: Place(location: location),
            remedy: "render --check --diff shows what has changed; explain it with the inputs it was rendered from")
    }

    private func notRendered(_ names: [String]) -> Finding {
        let hint = didYouMean(nearestName(to: location.file, among: names))
        return Finding(
            "PC408", .error, "nothing that these inputs give is rendered to this file\(hint)",
            at: Place(location: location),
            remedy: "name a file below the output folder, with its device's folder, and the inputs it was rendered from"
        )
    }
}
