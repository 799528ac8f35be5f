import CloudAPI
import TestSupport
import Testing

@testable import PeerModel

@Suite("Fingerprints of keys")
struct FingerprintTests {
    // FIPS 180-4 examples, NIST "SHA_All.pdf", and the empty message.
    @Test(
        "SHA-256 gives the published values",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func hashes(message: String, expected: String) {
        #expect(hexadecimal(SHA256.hash(Array(message.utf8))) == expected)
    }

    // RFC 4231, test cases 1, 2 and 6.
    @Test("HMAC gives the values of RFC 4231")
    func authenticates() {
        #expect(
            hexadecimal(SHA256.authenticate(Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20)))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            hexadecimal(SHA256.authenticate(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            hexadecimal(
                SHA256.authenticate(
                    Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                    key: [UInt8](repeating: 0xAA, count: 131)))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test("Messages of every length around the block size agree with Python's hashlib")
    func agreesWithPython() async throws {
        let script =
            "import hashlib\nfor n in range(200): print(hashlib.sha256(bytes(i % 251 for i in range(n))).hexdigest())"
        let output = try await Command.check("/usr/bin/python3", ["-c", script])
        let expected = output.stdout.split(separator: "\n").map(String.init)
        let own = (0..<200).map { n in hexadecimal(SHA256.hash((0..<n).map { UInt8($0 % 251) })) }
        #expect(own == expected)
    }

    @Test("A changed key shows, an equal one on another tunnel does not")
    func fingerprints() throws {
        let key = try #require(FingerprintKey(Array("0123456789abcdef0123456789abcdef\n".utf8)))
        let one = key.fingerprint(of: Secret("first"), purpose: "psk tun-a")
        #expect(one == key.fingerprint(of: Secret("first"), purpose: "psk tun-a"))
        #expect(one != key.fingerprint(of: Secret("second"), purpose: "psk tun-a"))
        #expect(one != key.fingerprint(of: Secret("first"), purpose: "psk tun-b"))
        #expect(one.count == 16)
    }

    @Test("A short fingerprint key is none")
    func refusesShortKeys() { #expect(FingerprintKey(Array("short\n".utf8)) == nil) }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
