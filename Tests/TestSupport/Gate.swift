import Foundation

/// Lets a few programs run at a time.
///
/// Swift Testing starts all tests at once. Hundreds of programs side by side would each get so little of the
/// machine that time limits, theirs and charon's, would run out.
public actor Gate {
    static let programs = Gate(places: max(2, ProcessInfo.processInfo.activeProcessorCount * 2))

    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// A gate with this many places.
    public init(places: Int) { self.places = places }

    /// Waits for a place.
    public func enter() async {
        if places > 0 {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Gives the place to whoever waits longest.
    public func leave() {
        if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
    }
}
