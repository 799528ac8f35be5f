import Findings

/// Numbers for tunnels where no lock file keeps them: derived from the tunnel's id alone, so that the same
/// tunnel has the same number in every run, whatever else is rendered.
///
/// Seven digits: with `xfrm` before them they fit the 15 characters of a Linux interface name, and 500 tunnels
/// on one device share a number in about one device of seventy. Where two do, the later id takes the next
/// free number, which is told, because it is then no longer independent of the other tunnel.
struct DerivedNumbers {
    private static let usualRange = 1_000_000...9_999_999

    /// A number for each id, and the ids that had to give way to another.
    ///
    /// - Parameters:
    ///   - limits: the numbers that the device can take. With more ids than numbers, some stay without.
    ///   - pins: numbers that the site file demands; nobody else gets them.
    static func assign(
        to ids: [String], in limits: ClosedRange<Int>? = nil, pins: [String: Int] = [:]
    ) -> (numbers: [String: Int], displaced: [String]) {
        let range = limits.map { $0.contains(usualRange.upperBound) ? usualRange : $0 } ?? usualRange
        var numbers = pins.filter { ids.contains($0.key) }
        numbers.reserveCapacity(ids.count)
        var taken = Set(numbers.values)
        var free = range.count - taken.count(where: range.contains)
        var displaced: [String] = []
        for id in ids.sorted() where numbers[id] == nil {
            guard free > 0 else { break }
            free -= 1
            var number = derived(from: id, in: range)
            if taken.contains(number) { displaced.append(id) }
            while !taken.insert(number).inserted {
                number = number == range.upperBound ? range.lowerBound : number + 1
            }
            numbers[id] = number
        }
        return (numbers, displaced)
    }

    /// FNV-1a of the id's bytes: short, and the same on every machine and in every version.
    private static func derived(from id: String, in range: ClosedRange<Int>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return range.lowerBound + Int(hash % UInt64(range.count))
    }
}
