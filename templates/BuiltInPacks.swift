/// The packs that come with the program, embedded so that the executable is one file.
public enum BuiltInPacks {
    /// Every embedded file: its path under `templates/` and its bytes.
    ///
    /// SwiftPM names embedded files by their base names alone and keeps no list of them at run time, so
    /// this table is by hand; a test compares it with the folder.
    public static var files: [(path: String, bytes: [UInt8])] {
        [
            ("cisco-ios/cisco-ios.toml", PackageResources.cisco_ios_toml),
            ("cisco-ios/cisco-ios_bgp.j2", PackageResources.cisco_ios_bgp_j2),
            ("cisco-ios/cisco-ios_connection.j2", PackageResources.cisco_ios_connection_j2),
            ("cisco-ios/cisco-ios_header.j2", PackageResources.cisco_ios_header_j2),
            ("cisco-ios/cisco-ios_ikev1.j2", PackageResources.cisco_ios_ikev1_j2),
            ("cisco-ios/cisco-ios_ikev2.j2", PackageResources.cisco_ios_ikev2_j2),
            ("cisco-ios/cisco-ios_interface.j2", PackageResources.cisco_ios_interface_j2),
            ("cisco-ios/cisco-ios_map.j2", PackageResources.cisco_ios_map_j2),
            ("cisco-ios/cisco-ios_remarks.j2", PackageResources.cisco_ios_remarks_j2),
            ("cisco-ios/cisco-ios_remove.j2", PackageResources.cisco_ios_remove_j2),
            ("cisco-ios/cisco-ios_routes.j2", PackageResources.cisco_ios_routes_j2),
            ("cisco-ios/cisco-ios_secrets.j2", PackageResources.cisco_ios_secrets_j2),
            ("cisco-ios/cisco-ios_shared.j2", PackageResources.cisco_ios_shared_j2),
            ("cisco-ios/cisco-ios_words.j2", PackageResources.cisco_ios_words_j2),
            ("strongswan-legacy/strongswan-legacy.toml", PackageResources.strongswan_legacy_toml),
            ("strongswan-legacy/strongswan_legacy_conf.j2", PackageResources.strongswan_legacy_conf_j2),
            ("strongswan-legacy/strongswan_legacy_header.j2", PackageResources.strongswan_legacy_header_j2),
            ("strongswan-legacy/strongswan_legacy_secrets.j2", PackageResources.strongswan_legacy_secrets_j2),
            ("h3c-comware/h3c-comware.toml", PackageResources.h3c_comware_toml),
            ("h3c-comware/h3c-comware_connection.j2", PackageResources.h3c_comware_connection_j2),
            ("h3c-comware/h3c-comware_secrets.j2", PackageResources.h3c_comware_secrets_j2),
            ("h3c-comware/h3c-comware_words.j2", PackageResources.h3c_comware_words_j2),
            ("strongswan/strongswan.toml", PackageResources.strongswan_toml),
            ("strongswan/strongswan_frr.j2", PackageResources.strongswan_frr_j2),
            ("strongswan/strongswan_frr_secrets.j2", PackageResources.strongswan_frr_secrets_j2),
            ("strongswan/strongswan_header.j2", PackageResources.strongswan_header_j2),
            ("strongswan/strongswan_interfaces.j2", PackageResources.strongswan_interfaces_j2),
            ("strongswan/strongswan_remarks.j2", PackageResources.strongswan_remarks_j2),
            ("strongswan/strongswan_remove.j2", PackageResources.strongswan_remove_j2),
            ("strongswan/strongswan_secrets.j2", PackageResources.strongswan_secrets_j2),
            ("strongswan/strongswan_swanctl.j2", PackageResources.strongswan_swanctl_j2),
            ("vyos/vyos.toml", PackageResources.vyos_toml),
            ("vyos/vyos_bgp.j2", PackageResources.vyos_bgp_j2),
            ("vyos/vyos_connection.j2", PackageResources.vyos_connection_j2),
            ("vyos/vyos_header.j2", PackageResources.vyos_header_j2),
            ("vyos/vyos_interface.j2", PackageResources.vyos_interface_j2),
            ("vyos/vyos_peer.j2", PackageResources.vyos_peer_j2),
            ("vyos/vyos_remarks.j2", PackageResources.vyos_remarks_j2),
            ("vyos/vyos_remove.j2", PackageResources.vyos_remove_j2),
            ("vyos/vyos_routes.j2", PackageResources.vyos_routes_j2),
            ("vyos/vyos_secrets.j2", PackageResources.vyos_secrets_j2),
            ("vyos/vyos_words.j2", PackageResources.vyos_words_j2),
        ]
    }
}
