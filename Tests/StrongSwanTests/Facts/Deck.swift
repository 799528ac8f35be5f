import TestSupport

/// Cards drawn in random order, each once before any comes again: random, and complete after as many draws as there
/// are cards.
struct Deck<Card: Sendable>: Sendable {
    private let cards: [Card]
    private var rest: [Card] = []

    init(_ cards: [Card]) { self.cards = cards }

    mutating func draw(_ random: inout SplitMix64) -> Card {
        if rest.isEmpty { rest = cards.shuffled(using: &random) }
        return rest.removeLast()
    }
}
