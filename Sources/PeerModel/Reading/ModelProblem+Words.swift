import Findings

extension ModelProblem {
    var words: ProblemWords {
        switch self {
        case .missing(let field):
            var words = problem("PC201", .error, "\(field) is missing or empty", "get the answer again, unshortened")
            words.field = field
            return words
        case .unknownValue(let kind, let value, let known):
            // group19 is no misspelt group1: other digits are another value.
            let candidates = known.filter { value.letters != $0.letters || value.digits == $0.digits }
            let hint = didYouMean(nearestName(to: value, among: candidates))
            return problem(
                "PC202", .error, "\"\(shown(value))\" is not a known \(kind)\(hint)",
                "look whether the file was changed, or for a newer peerconf; known are \(known.joined(separator: ", "))"
            )
        case .notAnAddress(let text):
            return problem(
                "PC203", .error, "\"\(shown(text))\" is not an IPv4 address",
                "look whether the file was changed; an address is four numbers from 0 to 255 with dots between"
            )
        case .notANetwork(let text):
            return problem(
                "PC204", .error,
                text.isEmpty ? "a network is missing beside a comma" : "\"\(shown(text))\" is not an IPv4 network",
                "look whether the file was changed; a network looks like 10.0.0.0/8, and commas stand between several"
            )
        case .masked(let fields):
            return problem(
                "PC205", .error, "values are masked (**** or XX): \(fields.joined(separator: ", "))",
                "use the API's own answer; documentation, screenshots and tickets mask values"
            )
        case .notAnASNumber(let text):
            return problem(
                "PC206", .error, "\"\(shown(text))\" is not an AS number",
                "look whether the file was changed; it is a number from 1 to 4294967295, or two with a dot between"
            )
        case .unusableID(let text):
            return problem(
                "PC207", .error, "the id \"\(shown(text))\" has characters that no name of a device may have",
                "ids of the service have letters, digits and hyphens only; look whether the file was changed"
            )
        case .lifetimeOutOfRange(let seconds):
            return problem(
                "PC208", .error, "a lifetime of \(seconds) s is not one of 1 to 86400 s",
                "look whether the file was changed; the service allows no other"
            )
        case .lifetimeZero:
            return problem(
                "PC209", .error, "a lifetime of 0 s has no documented meaning, and devices read it as forever",
                "set 3600 to 86400 seconds on the cloud side"
            )
        case .hostBits(let text, let network):
            return problem(
                "PC210", .warning, "\(text) has bits set beyond its prefix; \(network) is used",
                "correct the network on the cloud side"
            )
        case .emptyKey:
            return problem("PC211", .error, "the pre-shared key is empty", "set a key on the cloud side")
        case .keyTooLong(let length, let most):
            return problem(
                "PC212", .error, "a key of \(length) characters is longer than the \(most) that the service allows",
                "look whether the file was changed"
            )
        case .keyNotASCII:
            return problem(
                "PC213", .error, "the key has blanks, control or non-ASCII characters",
                "both ends would read it differently: set a key of printable ASCII on the cloud side"
            )
        case .keyInPlainSight:
            return problem(
                "PC214", .error, "a key of the connection stands here, where nothing hides it",
                "set a new key on both sides, for this one is known, and put here what belongs here"
            )
        case .shangMi(let what):
            return problem(
                "PC220", .error,
                "a ShangMi (SM) connection (\(what)): no device known here speaks this IKE profile",
                "use a standard VPN gateway, or configure the device with its vendor's SM client"
            )
        case .noTunnels:
            return problem("PC221", .error, "the connection has neither IkeConfig nor tunnels", "get the answer again")
        case .tooManyTunnels(let count):
            return problem(
                "PC222", .error, "the connection has \(count) tunnels; two are the most that is known",
                "look whether the file was changed"
            )
        case .stateLeftOut(let state):
            return problem(
                "PC223", .warning, "left out: its State is \(state)",
                "render again when it is active or attached, or name the state with --state"
            )
        case .stateNoted(let state):
            return problem(
                "PC224", .note, "its State is \(state): the cloud side may still change",
                "render again when it is active"
            )
        case .financialLock:
            return problem(
                "PC225", .warning, "its State is financialLocked: the cloud side carries no traffic",
                "settle the account's bill"
            )
        case .cloudAddressAssumed(let address, let gateway):
            return assumption(
                "PC230", .note, "the cloud's address is assumed to be \(address), its LocalId",
                addRemedy("DescribeVpnGateways", gateway)
            )
        case .cloudAddressUnknown(let gateway):
            return assumption(
                "PC231", .warning, "the cloud's address is not known; the output has a placeholder",
                addRemedy("DescribeVpnGateways", gateway)
            )
        case .deviceAddressAssumed(let address, let gateway):
            return assumption(
                "PC232", .note, "the device's address is assumed to be \(address), its RemoteId",
                addRemedy("DescribeCustomerGateways", gateway)
            )
        case .deviceAddressUnknown(let gateway):
            return assumption(
                "PC233", .note, "the device's address is not known; its route to the cloud decides",
                addRemedy("DescribeCustomerGateways", gateway)
            )
        case .gatewayNotAmongInputs(let kind, let id):
            return problem(
                "PC234", .warning, "\(kind) \(id) is not among the gateways given",
                "give all pages of the answer, of the same region and account"
            )
        case .cloudIdentityMissing(let field, let placeholder):
            let what = placeholder.map { "is the placeholder \($0)" } ?? "is not set"
            return assumption(
                "PC235", .warning, "\(field) \(what): what the cloud will send as its identity is not documented",
                "set \(field) on the cloud side; until then the cloud's address is expected"
            )
        case .deviceIdentityMissing(let field):
            return assumption(
                "PC236", .warning, "\(field) is not set: the device sends its address",
                "set \(field) on the cloud side"
            )
        case .identitiesCrossed(let cloud, let device):
            return problem(
                "PC237", .warning,
                "the identities look crossed: LocalId \(shown(cloud)), RemoteId \(shown(device)), and one of them belongs to the other side",
                "correct them on the cloud side; if the file is written from the device's view, say --id-side device"
            )
        case .identityTypedExplicitly(let text):
            return problem(
                "PC238", .warning, "\"\(shown(text))\" can be read as identities of several types",
                "set an address or a plain host name as identity on the cloud side"
            )
        case .identityUnusable(let text):
            return problem(
                "PC239", .warning, "the identity \"\(shown(text))\" has a blank or more than 100 characters",
                "get the answer again and save it unchanged: the cloud takes no such identity"
            )
        case .attachmentUnknown:
            return assumption(
                "PC227", .warning,
                "the answer tells neither Role nor AttachType: the two tunnels are taken to share the traffic",
                "give the DescribeVpnConnections answer: with a VPN gateway one tunnel must be preferred"
            )
        case .tunnelIndexTwice(let index):
            return problem(
                "PC257", .warning, "both tunnels have the TunnelIndex \(index)",
                "get the answer again, and save it unchanged"
            )
        case .bgpKeysDiffer(let gateway):
            return problem(
                "PC258", .warning, "the connection and the customer gateway \(shown(gateway)) have different BGP keys",
                "get both answers again at one moment; the connection's key is used"
            )
        case .bgpWithoutConfiguration:
            return problem(
                "PC240", .warning, "BGP is on but the answer has no BGP settings; no BGP is rendered",
                "set the tunnel's BGP addresses on the cloud side"
            )
        case .bgpWithNarrowNetworks:
            return problem(
                "PC241", .warning, "BGP is on but the networks are not 0.0.0.0/0: BGP's own packets do not fit in",
                "set both networks to 0.0.0.0/0 on the cloud side; 0.0.0.0/0 is rendered on the device"
            )
        }
    }

    private func addRemedy(_ operation: String, _ gateway: String?) -> String {
        "add the \(operation) answer\(gateway.map { " that has \($0)" } ?? "") to the inputs"
    }

    private func problem(
        _ rule: RuleID, _ severity: Severity, _ message: String, _ remedy: String
    ) -> ProblemWords {
        ProblemWords(rule: rule, severity: severity, message: message, remedy: remedy)
    }

    private func assumption(
        _ rule: RuleID, _ severity: Severity, _ message: String, _ remedy: String
    ) -> ProblemWords {
        var words = problem(rule, severity, message, remedy)
        words.isAssumption = true
        return words
    }
}

extension String {
    fileprivate var letters: String { lowercased().filter { !$0.isNumber } }

    /// Its digits, whatever their order: a swap of two is a misspelling.
    fileprivate var digits: [Character] { filter(\.isNumber).sorted() }
}

/// A value from outside as a message shows it: short, on one line, without what could end a quotation.
func shown(_ text: String) -> String {
    let start = visible(String(text.unicodeScalars.prefix(40))).replacing("\"", with: "\u{FFFD}")
    return text.unicodeScalars.count > 40 ? start + "…" : start
}
