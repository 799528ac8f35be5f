import ArgumentParser
import DevicePacks
import FieldReader
import Findings

/// Where packs come from.
struct PackOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of packs (PACK/PACK.toml, PACK/*.j2) that replace or extend the built-in ones.",
            valueName: "folder"),
        completion: .directory)
    var templates: String?

    /// The built-in packs, with those of the folder over them.
    ///
    /// - Parameter site: the site file's folder, which counts where the command line names none.
    func library(_ site: String? = nil) throws(FileProblem) -> PackLibrary {
        guard let folder = templates ?? site else { return .builtIn }
        var files: [String: [UInt8]] = [:]
        for pack in try InputFolder.names(in: folder) where try InputFolder.isFolder("\(folder)/\(pack)") {
            for name in try InputFolder.names(in: "\(folder)/\(pack)")
            where name.hasSuffix(".j2") || name.hasSuffix(".toml") {
                files["\(pack)/\(name)"] = try WholeFile.read("\(folder)/\(pack)/\(name)")
            }
        }
        return PackLibrary.builtIn.overlaid(with: files)
    }
}
