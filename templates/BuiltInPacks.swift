/// The packs that come with the program, embedded so that the executable is one file.
public enum BuiltInPacks {
    /// Every embedded file: its path under `templates/` and its bytes.
    ///
    /// SwiftPM names embedded files by their base names alone and keeps no list of them at run time, so
    /// this table is by hand; a test compares it with the folder.
    public static var files: [(path: String, bytes: [UInt8])] {
        [
            ("strongswan/strongswan.toml", PackageResources.strongswan_toml),
            ("strongswan/strongswan_frr.j2", PackageResources.strongswan_frr_j2),
            ("strongswan/strongswan_frr_secrets.j2", PackageResources.strongswan_frr_secrets_j2),
            ("strongswan/strongswan_header.j2", PackageResources.strongswan_header_j2),
            ("strongswan/strongswan_secrets.j2", PackageResources.strongswan_secrets_j2),
            ("strongswan/strongswan_swanctl.j2", PackageResources.strongswan_swanctl_j2),
        ]
    }
}
