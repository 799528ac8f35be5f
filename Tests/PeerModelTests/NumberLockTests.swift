import PeerModel
import Testing

@Suite("peerconf.lock: numbers that never move")
struct NumberLockTests {
    @Test("Numbers are given out in the order of ids, above all that were ever given")
    func givesOut() throws {
        var lock = NumberLock()
        #expect(try lock.assign(["tun-b", "tun-a"], of: "r1", file: "lock") == ["tun-a": 101, "tun-b": 102])
        #expect(try lock.assign(["tun-0", "tun-b"], of: "r1", file: "lock") == ["tun-0": 103, "tun-b": 102])
        #expect(try lock.assign(["tun-x"], of: "r2", file: "lock") == ["tun-x": 101], "each device counts for itself")
    }

    @Test("The file is sorted by number, so that two branches which add tunnels meet in one place")
    func text() throws {
        var lock = NumberLock()
        _ = try lock.assign(["tun-b", "tun-a"], of: "r1", file: "lock")
        _ = try lock.assign(["tun-0"], of: "r1", file: "lock")
        #expect(lock.text.hasSuffix("[\"r1\"]\n101 = \"tun-a\"\n102 = \"tun-b\"\n103 = \"tun-0\"\n"))
        #expect(try NumberLock(text: lock.text, file: "lock") == lock)
    }

    @Test("A pinned number wins, and must be free")
    func pins() throws {
        var lock = NumberLock()
        _ = try lock.assign(["tun-a", "tun-b"], of: "r1", file: "lock")
        #expect(
            try lock.assign(["tun-a", "tun-b"], of: "r1", pins: ["tun-a": 500], file: "lock") == [
                "tun-a": 500, "tun-b": 102,
            ])
        #expect(throws: (any Error).self) {
            try lock.assign(["tun-a", "tun-b"], of: "r1", pins: ["tun-a": 102], file: "lock")
        }
    }

    @Test("Pins change places, all at once")
    func swap() throws {
        var lock = NumberLock()
        _ = try lock.assign(["tun-a", "tun-b"], of: "r1", file: "lock")
        #expect(
            try lock.assign(["tun-a", "tun-b"], of: "r1", pins: ["tun-a": 102, "tun-b": 101], file: "lock") == [
                "tun-a": 102, "tun-b": 101,
            ])
    }

    @Test("A number that a pin made free is not given away, in this run or a later one")
    func retired() throws {
        var lock = NumberLock()
        _ = try lock.assign(["tun-a", "tun-b"], of: "r1", file: "lock")
        let pins = ["tun-b": 50]
        #expect(try lock.assign(["tun-a", "tun-b", "tun-c"], of: "r1", pins: pins, file: "lock")["tun-c"] == 103)
        var read = try NumberLock(text: lock.text, file: "lock")
        #expect(read == lock)
        #expect(try read.assign(["tun-b", "tun-d"], of: "r1", pins: pins, file: "lock")["tun-d"] == 104)
    }

    @Test("A pin at the end of the range does not end the numbering")
    func highPin() throws {
        var lock = NumberLock()
        let numbers = try lock.assign(["a", "b", "c"], of: "r1", pins: ["b": 999_999], file: "lock")
        #expect(numbers == ["a": 101, "b": 999_999, "c": 102])
    }

    @Test("A router that gets another name keeps its tunnels' numbers")
    func renamed() throws {
        var lock = NumberLock()
        _ = try lock.assign(["tun-a", "tun-b", "tun-c"], of: "cgw-1", file: "lock")
        let numbers = try lock.assign(
            ["tun-b", "tun-c", "tun-d"], of: "core", earlier: lock.numbersByTunnel, file: "lock")
        #expect(numbers == ["tun-b": 102, "tun-c": 103, "tun-d": 104])
    }

    @Test("A range that is used up is told")
    func range() throws {
        var lock = NumberLock()
        #expect(throws: (any Error).self) {
            try lock.assign(["a", "b", "c"], of: "r1", range: 7...8, file: "lock")
        }
    }

    @Test(
        "What merges can leave behind is refused",
        arguments: [
            "[\"r1\"]\n101 = \"tun-a\"\n101 = \"tun-b\"\n", "[\"r1\"]\n101 = \"tun-a\"\n102 = \"tun-a\"\n",
            "<<<<<<< HEAD\n[\"r1\"]\n", "[\"r1\"]\n0 = \"tun-a\"\n", "[\"r1\"]\nx = \"tun-a\"\n", "r1 = 3\n",
            "[\"r1\"]\n0101 = \"tun-a\"\n",
        ])
    func refuses(text: String) { #expect(throws: (any Error).self) { try NumberLock(text: text, file: "lock") } }
}
