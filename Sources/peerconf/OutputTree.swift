import DevicePacks
import FieldReader
import Findings
import PeerModel

/// The output folder: documents, the lock file, and what keeps keys out of version control.
struct OutputTree {
    private let path: String
    private let folder: OutputFolder

    init(_ path: String) {
        self.path = path
        folder = OutputFolder(path)
    }

    var lockPath: String { path + "/peerconf.lock" }

    /// The lock file and its text; an empty lock where there is none.
    func lock() throws -> (lock: NumberLock, text: [UInt8]?) {
        guard let text = try WholeFile.readIfPresent(lockPath) else { return (NumberLock(), nil) }
        return (try NumberLock(text: String(decoding: text, as: UTF8.self), file: lockPath), text)
    }

    /// Refuses to put keys where others can read, unless told to.
    func checkPrivacy(_ keys: KeyOptions) throws {
        guard keys.secrets != .placeholder, !keys.allowReadableFolder,
            let mode = try InputFolder.mode(of: path), mode & 0o077 != 0
        else { return }
        throw Finding(
            "PC083", .error,
            "others can read the folder \(path) (mode \(String(mode, radix: 8))), and keys would go there",
            remedy: "chmod 700 \(path), or say --allow-readable-folder: the files themselves have mode 0600")
    }

    /// Writes everything; what is already as wanted is left alone.
    ///
    /// - Parameter earlier: the text of the lock file from which the numbers come.
    /// - Throws: a `Finding` when another run has given out numbers since; nothing is written then.
    func write(_ files: [RenderJob.File], lock: NumberLock, from earlier: [UInt8]?, keys: KeyOptions) throws {
        if keys.secrets != .placeholder { try folder.makePrivate() }
        Progress.tell("writing \(files.count) files")
        try folder.exclusively {
            guard try WholeFile.readIfPresent(lockPath) == earlier else {
                throw Finding(
                    "PC086", .error, "another run changed \(lockPath) while this one was at work",
                    remedy: "run again: this one has written nothing")
            }
            for file in files { try folder.refuseLinks(to: file.path) }
            for name in Set(files.map { $0.path.split(separator: "/").dropLast().joined(separator: "/") } + [""]) {
                folder.removeLeftovers(in: name)
            }
            try writeAll(files, lock: lock, keys: keys)
        }
    }

    private func writeAll(_ files: [RenderJob.File], lock: NumberLock, keys: KeyOptions) throws(FileProblem) {
        // First what protects keys, then the numbers: files with numbers that no lock keeps would be worse than
        // the reverse.
        let secret = files.filter(\.document.holdsSecrets)
        if keys.secrets == .split, !secret.isEmpty { try ignoreInVersionControl(secret) }
        _ = try folder.write(Array(lock.text.utf8), to: "peerconf.lock", isSecret: false)
        for file in files {
            _ = try folder.write(file.document.content, to: file.path, isSecret: file.document.holdsSecrets)
        }
    }

    /// The files of some devices that are in the folder, by path below it.
    func files(of devices: some Sequence<String>) throws(FileProblem) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for device in devices where try InputFolder.mode(of: "\(path)/\(device)") != nil {
            try collect(device, into: &result)
        }
        return result
    }

    private func collect(_ relative: String, into result: inout [String: [UInt8]]) throws(FileProblem) {
        for name in try InputFolder.names(in: "\(path)/\(relative)") where !name.hasPrefix(".") {
            let child = "\(relative)/\(name)"
            if try InputFolder.isFolder("\(path)/\(child)") {
                try collect(child, into: &result)
            } else {
                result[child] = try WholeFile.read("\(path)/\(child)")
            }
        }
    }

    private func ignoreInVersionControl(_ files: [RenderJob.File]) throws(FileProblem) {
        let existing = try WholeFile.readIfPresent(path + "/.gitignore").map { String(decoding: $0, as: UTF8.self) }
        var lines =
            existing?.lines.map(String.init)
            ?? ["# Files that hold keys, kept out by peerconf.", ""]
        if lines.last == "" { lines.removeLast() }
        let temporary = ".*\(OutputFolder.temporaryMark)*"
        for pattern in Set(files.map { Self.pattern($0.document) } + [temporary]).sorted()
        where !lines.contains(pattern) {
            lines.append(pattern)
        }
        _ = try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: ".gitignore", isSecret: false)
    }

    /// `*.secrets.conf` for `…/vco-1.secrets.conf`: everything after the first dot of the name.
    private static func pattern(_ document: Document) -> String {
        let name = document.path.split(separator: "/").last.map(String.init) ?? document.path
        return name.firstIndex(of: ".").map { "*" + name[$0...] } ?? name
    }
}
