/// What guessing programs try first.
enum KnownWords {
    /// Keys that stand in documentation, tutorials and samples, in lower case.
    static let documentationKeys: Set<String> = [
        // The cloud's own documents and Terraform examples.
        "12345678", "123456", "1234567890", "aliyun", "alibaba", "alibabacloud", "test123", "tf-testvpn2",
        "tf-examplevpn2", "pgw6dy7d1i8i", "ase1123",
        // strongSwan, VyOS, Cisco, cloud providers' guides.
        "0sv+nkxy9llzvwj4qcc2o/ggrwdf2d21jl", "mysecretkey", "secret", "mysecret", "supersecret", "presharedkey",
        "pre-shared-key", "preshared-key", "pre_shared_key", "presharedsecret", "sharedsecret", "shared-secret",
        "my_shared_secret", "ipsec", "vpn", "vpnkey", "vpn-key", "cisco", "cisco123", "cisco12345", "vyos",
        "strongswan",
        "test", "testing", "testkey", "testpsk", "mypsk", "psk", "password", "password1", "password123", "passw0rd",
        "p@ssw0rd", "p@ssw0rd123", "changeme", "changeit", "admin", "admin123", "admin@123", "huawei", "huawei@123",
        "huawei123", "default", "example", "examplekey", "example-key", "plain-text-password1", "letmein", "qwerty",
        "qwerty123", "abc123", "abcd1234", "abc12345", "abcdefgh", "a1b2c3d4", "11111111", "00000000", "88888888",
        "87654321", "0123456789", "deadbeef", "keykeykey", "yourpresharedkey", "your-pre-shared-key", "yoursecretkey",
    ]

    /// Words that people make keys of, lower case, at least four letters; signs are read as the letters they stand for.
    private static let words: [String] = [
        "password", "passwort", "passwd", "secret", "geheim", "shared", "preshared", "presharedkey", "master", "access",
        "admin", "administrator", "root", "user", "guest", "login", "welcome", "letmein", "changeme", "default",
        "example", "sample", "test", "testing", "demo", "temp", "public", "private", "secure", "security", "network",
        "office", "branch", "headquarter", "headquarters", "datacenter", "company", "cloud", "aliyun", "alibaba",
        "alicloud", "amazon", "azure", "google", "tencent", "huawei", "cisco", "juniper", "fortinet", "vyos",
        "strongswan", "router", "firewall", "gateway", "tunnel", "ipsec", "vpntunnel", "connection", "server",
        "china", "beijing", "shanghai", "hangzhou", "shenzhen", "guangzhou", "qingdao", "hongkong", "singapore",
        "frankfurt", "london", "tokyo", "sydney", "berlin", "munich", "dragon", "monkey", "football", "baseball",
        "sunshine", "princess", "iloveyou", "trustno", "superman", "batman", "starwars", "shadow", "hello", "world",
        "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june", "july", "august",
        "september", "october", "november", "december", "monday", "friday", "sunday", "qwerty", "qwertz", "azerty",
        "asdf", "zxcv", "love", "money", "freedom", "whatever", "production", "staging", "backup", "primary",
        "secondary", "slave", "standby",
    ]

    /// The words by their first letters, from `a` to `z`.
    private static let byFirstLetter: [[[Unicode.Scalar]]] = (UInt32(0x61)...0x7A).map { letter in
        words.map { Array($0.unicodeScalars) }.filter { $0[0].value == letter }
    }

    /// Rows of common keyboards, left to right.
    static let keyboardRows: [[Unicode.Scalar]] = [
        "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv",
    ]
    .map { Array($0.unicodeScalars) }

    /// The length of the longest known word that a text begins with; 0 where there is none.
    static func longestWord(atStartOf text: some Collection<Unicode.Scalar>) -> Int {
        guard let first = text.first, ("a"..."z").contains(first) else { return 0 }
        let candidates = byFirstLetter[Int(first.value - 0x61)]
        return candidates.lazy.filter { text.starts(with: $0) }.map(\.count).max() ?? 0
    }
}
