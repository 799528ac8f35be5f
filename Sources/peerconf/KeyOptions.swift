import ArgumentParser
import DevicePacks
import FieldReader
import Findings
import PeerModel

/// What becomes of keys in the output.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "placeholder: keys are marked placeholders, everything may be committed; split: keys stand in files "
                + "of their own, mode 0600; inline: keys stand in place.",
            valueName: "placeholder|split|inline"))
    var secrets = SecretsMode.placeholder

    @Option(
        help: ArgumentHelp(
            "File with a key of at least 32 characters: placeholders then carry fingerprints, which show that a key "
                + "changed.", valueName: "file"),
        completion: .file())
    var fingerprintKey: String?

    @Flag(help: "Write keys into a folder that others can read, too.")
    var allowReadableFolder = false

    /// The fingerprint key of the command line, else the site file's.
    func fingerprint(_ site: Site) throws -> FingerprintKey? {
        try Self.fingerprint(fingerprintKey ?? site.fingerprintKeyPath)
    }

    /// The fingerprint key in a file.
    static func fingerprint(_ path: String?) throws -> FingerprintKey? {
        guard let path else { return nil }
        guard let key = FingerprintKey(try WholeFile.read(path)) else {
            throw Finding(
                "PC609", .error, "the fingerprint key is shorter than \(FingerprintKey.minimumLength) characters",
                at: Place(location: SourceLocation(file: path, line: 1)),
                remedy: "peerconf site init --fingerprint-key FILE makes a good one")
        }
        return key
    }
}
