import Findings

/// What a document, or a house, thinks of the values that the cloud offers.
///
/// The policies that come with the program are lists of objections: a value that they do not mention is accepted, also
/// by a policy that is based on one. A policy without a base must have a word on every value that is in use.
public struct Policy: Sendable {
    /// How it is called on the command line; a user's own by its file.
    public var name: String
    /// What it stands for.
    public var title: String
    /// Whether a value without a verdict is accepted.
    var acceptsSilently = true
    /// Verdicts by the value's path, such as `ike.encryption.des`.
    var verdicts: [String: Verdict] = [:]
    /// Bounds by their name, such as `ipsec_lifetime`.
    var limits: [String: Limit] = [:]
    /// Severities of single rules, where they are not the rule's own.
    var rules: [RuleID: Verdict] = [:]

    /// What is thought of one value.
    struct Verdict: Sendable, Equatable {
        /// `nil`: nothing is wrong with it.
        var severity: Severity?
        var citation: Citation?
    }

    /// A bound of a number.
    struct Limit: Sendable, Equatable {
        enum Bound: Sendable, Equatable {
            case atMost(Int)
            case atLeast(Int)
        }

        var bound: Bound
        var verdict: Verdict

        /// The bound that a number breaks; `nil` when it keeps to it.
        func broken(by number: Int) -> Int? {
            switch bound {
            case .atMost(let most): number > most ? most : nil
            case .atLeast(let least): number < least ? least : nil
            }
        }
    }
}

/// Where a verdict comes from.
public struct Citation: Sendable, Equatable {
    /// The document.
    public var title: String
    /// Its edition or date.
    public var edition: String
    /// The place in it, where it is known.
    public var clause: String?
    /// What it says there, in few words.
    public var says: String?
    /// Whether somebody read the document's own text for this value.
    public var isVerified: Bool

    /// One line; what nobody read is named, but not cited.
    public var words: String {
        guard isVerified else { return "\(title), \(edition): unverified, its own text was not read for this rule" }
        let place = [title, edition, clause].compactMap(\.self).joined(separator: ", ")
        return says.map { "\(place): \($0)" } ?? place
    }
}
