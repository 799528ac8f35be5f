import PeerModel

/// Addresses as ranges: what two lists of networks have in common does not depend on how they are cut.
struct AddressSet {
    /// In order, without overlaps and without neighbours that could be one.
    private var ranges: [ClosedRange<UInt32>] = []

    init(_ networks: some Sequence<IPv4Network>) {
        let sorted = networks.map { $0.address.bits...$0.last.bits }.sorted { $0.lowerBound < $1.lowerBound }
        for range in sorted {
            if let last = ranges.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
    }

    var isEmpty: Bool { ranges.isEmpty }

    /// What is in this set, and not in the other one.
    func subtracting(_ other: AddressSet) -> AddressSet {
        var result = AddressSet([])
        for range in ranges {
            var rest: ClosedRange<UInt32>? = range
            for hole in other.ranges where hole.overlaps(range) {
                guard let piece = rest else { break }
                if hole.lowerBound > piece.lowerBound {
                    result.ranges.append(piece.lowerBound...(hole.lowerBound - 1))
                }
                rest = hole.upperBound < piece.upperBound ? (hole.upperBound + 1)...piece.upperBound : nil
            }
            if let rest { result.ranges.append(rest) }
        }
        return result
    }

    /// The largest networks that make up the set.
    var networks: [IPv4Network] {
        ranges.flatMap { range in
            var networks: [IPv4Network] = []
            var next = UInt64(range.lowerBound)
            let end = UInt64(range.upperBound)
            while next <= end {
                var length = next == 0 ? 0 : 32 - min(32, next.trailingZeroBitCount)
                while next + (1 << UInt64(32 - length)) - 1 > end { length += 1 }
                guard let first = UInt32(exactly: next),
                    let network = IPv4Network(around: IPv4Address(bits: first), prefixLength: length)
                else { break }
                networks.append(network)
                next += 1 << UInt64(32 - length)
            }
            return networks
        }
    }
}
