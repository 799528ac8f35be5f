internal import Findings

extension APIError {
    /// What a code means, and what to do about it.
    struct Meaning: Sendable {
        /// The code, or the beginning of a family of codes.
        let code: String
        /// Whether codes that begin with it belong to it, too.
        var isFamily = false
        /// What has happened.
        let meaning: String
        /// What to do, in the imperative.
        let remedy: String
    }

    private static let permission =
        "have vpc:DescribeVpnConnections, vpc:DescribeVpnGateways and vpc:DescribeCustomerGateways granted"
    private static let tags = "correct the Tag.N.Key and Tag.N.Value parameters of the call"
    private static let retry = "wait a minute and call again"

    /// Codes met by those who read, exact ones before their families.
    ///
    /// Sources: the operation's reference
    /// page, the vendor's documentation and Terraform provider; the last four are codes common to all
    /// products.
    static let meanings: [Meaning] = [
        // The double b is the API's.
        Meaning(
            code: "Forbbiden.SubUser", meaning: "the RAM user may not read VPN resources", remedy: permission),
        Meaning(
            code: "Forbidden.TagKey.Duplicated", meaning: "a tag key was given twice", remedy: tags),
        Meaning(
            code: "Forbidden", isFamily: true, meaning: "the caller may not read VPN resources",
            remedy: permission),
        Meaning(
            code: "InvalidParameter.Tag", isFamily: true, meaning: "a tag filter is invalid", remedy: tags),
        Meaning(code: "Duplicated.TagKey", meaning: "a tag key was given twice", remedy: tags),
        Meaning(
            code: "SizeLimitExceeded.TagNum", meaning: "more than 20 tag filters were given", remedy: tags),
        Meaning(
            code: "InvalidVpnConnectionInstanceId.NotFound",
            meaning: "there is no such connection in this region",
            remedy: "check the VpnConnectionId and the RegionId"),
        Meaning(code: "Throttling", isFamily: true, meaning: "too many calls in a short time", remedy: retry),
        Meaning(code: "Rejected.Throttling", meaning: "too many calls in a short time", remedy: retry),
        Meaning(code: "ServiceUnavailable", meaning: "the service was not available", remedy: retry),
        Meaning(
            code: "SignatureDoesNotMatch", meaning: "the AccessKey secret is wrong or the call was altered",
            remedy: "check the credentials with: aliyun configure"),
        Meaning(
            code: "IncompleteSignature", meaning: "the signature of the call is incomplete",
            remedy: "check the credentials with: aliyun configure"),
        Meaning(
            code: "InvalidAccessKeyId", isFamily: true, meaning: "the AccessKey is unknown or disabled",
            remedy: "check the credentials with: aliyun configure"),
        Meaning(
            code: "InvalidTimeStamp.Expired", meaning: "the caller's clock is wrong",
            remedy: "set the clock and call again"),
        Meaning(
            code: "InvalidRegionId", isFamily: true, meaning: "there is no such region",
            remedy: "check the RegionId"),
        Meaning(code: "InternalError", meaning: "the service failed", remedy: retry),
    ]

    /// The meaning of the code, if it is a known one.
    var meaning: Meaning? {
        let code = code.value
        return Self.meanings.first { entry in
            code == entry.code || entry.isFamily && code.hasPrefix(entry.code)
        } ?? (code.contains("Throttling") ? Self.meanings.first { $0.code == "Throttling" } : nil)
    }

    /// Message and remedy of the finding; the API's own message, which never holds a key, is quoted.
    var words: (message: String, remedy: String) {
        var text = "the API answered with the error \(quoted(code.value))"
        if let meaning {
            text += ": \(meaning.meaning)"
        } else if let message {
            text += ": \(quoted(message.value))"
        }
        if let requestId { text += " (RequestId \(quoted(requestId.value)))" }
        return (text, meaning?.remedy ?? "mend the call and save the answer again")
    }
}
