/// One phase's algorithms, by the API's words, in the two notations of strongSwan: that of configurations and that
/// of `swanctl --list-sas` (devices.md 1.1; a table of its own, as nothing here may be shared with the program).
struct CharonAlgorithms: Equatable {
    var encryption: String
    var integrity: String
    /// `nil`: no group, as for `disabled`.
    var group: String?

    /// `nil` where strongSwan has no word for one of them.
    init?(encryption: String?, integrity: String?, group: String?) {
        guard let encryption, let integrity, let group, Self.ciphers[encryption] != nil, Self.hashes[integrity] != nil,
            group == "disabled" || Self.groups[group] != nil
        else { return nil }
        self.encryption = encryption
        self.integrity = integrity
        self.group = group == "disabled" ? nil : group
    }

    /// As in `proposals =`: `aes256-sha256-modp2048`.
    var proposal: String {
        let group = group.flatMap { Self.groups[$0] }.map { "-modp\($0)" } ?? ""
        return "\(Self.ciphers[encryption]?.written ?? "?")-\(integrity)\(group)"
    }

    /// As an IKE SA shows it: the pseudo-random function is the hash's.
    var agreedForIKE: String {
        let function = hash.map { "PRF_HMAC_" + $0.split(separator: "_").dropLast().joined(separator: "_") }
        return [cipher, hash.map { "HMAC_" + $0 }, function, agreedGroup].compactMap(\.self).joined(separator: "/")
    }

    /// As a child SA shows it; IKEv2's first child is made without a group of its own.
    func agreedForChild(withGroup: Bool) -> String {
        [cipher, hash.map { "HMAC_" + $0 }, withGroup ? agreedGroup : nil].compactMap(\.self).joined(separator: "/")
    }

    private var cipher: String? { Self.ciphers[encryption]?.agreed }
    private var hash: String? { Self.hashes[integrity] }
    private var agreedGroup: String? { group.flatMap { Self.groups[$0] }.map { "MODP_\($0)" } }

    private static let ciphers: [String: (written: String, agreed: String)] = [
        "aes": ("aes128", "AES_CBC-128"), "aes192": ("aes192", "AES_CBC-192"),
        "aes256": ("aes256", "AES_CBC-256"), "des": ("des", "DES_CBC"), "3des": ("3des", "3DES_CBC"),
    ]
    // With the truncation that IKE and ESP have for each (api.md 3.1).
    private static let hashes = [
        "md5": "MD5_96", "sha1": "SHA1_96", "sha256": "SHA2_256_128", "sha384": "SHA2_384_192",
        "sha512": "SHA2_512_256",
    ]
    private static let groups = ["group1": 768, "group2": 1024, "group5": 1536, "group14": 2048]
}
