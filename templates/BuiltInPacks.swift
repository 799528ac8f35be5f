/// The packs that come with the program, embedded so that the executable is one file.
public enum BuiltInPacks {
    /// Every embedded file: its path under `templates/` and its bytes.
    ///
    /// SwiftPM names embedded files by their base names alone, and keeps no list of them at run time:
    /// so this table is by hand, and a test compares it with the folder.
    public static var files: [(path: String, bytes: [UInt8])] {
        [
            ("strongswan/strongswan.toml", PackageResources.strongswan_toml),
        ]
    }
}
