public import Findings

/// One rule's page: everything that is to be said about a kind of finding.
public struct Rule: Sendable, Equatable {
    /// Its stable name.
    public var id: RuleID
    /// What it is called, in few words.
    public var title: String
    /// What is found.
    public var what: String
    /// Why it matters.
    public var why: String
    /// The clause or document behind it, where it is not a policy that decides.
    public var clause: String?
    /// What to do about it.
    public var remedy: String
    /// An example that has it.
    public var before: String?
    /// The same without it.
    public var after: String?
    /// How much it matters where no policy says otherwise; `nil` for rules of other stages and of policies.
    var severity: Severity?
    /// The value that it is about, such as `ike.encryption.des`, where policies decide.
    var value: String?
    /// The bound that it is about, such as `ipsec_lifetime`, where policies decide.
    var limit: String?
    /// The fields whose change it is about, by the API's paths.
    var fields: [String] = []
    /// What such a field is called in a message; `nil` where its own name says it best.
    var subject: String?
    /// What such a change does.
    public internal(set) var effect: Effect?

    /// What finds it, by the id's number.
    public var stage: String {
        switch id.rawValue.dropFirst(2).first {
        case "0": "reading"
        case "1": "lint"
        case "2": "consistency of the data"
        case "3": "device packs"
        case "4": "check and comparison"
        case "5": "templates"
        case "7": "differences of answers"
        default: "site file and lock file"
        }
    }
}
