internal import FieldReader
internal import Findings

extension VPNGateway {
    /// Decodes a list item of `DescribeVpnGateways` or the root of `DescribeVpnGateway`.
    static func decode(_ field: Field, in context: RecordContext) -> VPNGateway? {
        let object = ObjectReader(field, as: .vpnGateway, in: context)
        guard let id = object.required(.vpnGatewayId) else { return nil }
        let fields = Fields(
            vpnGatewayId: id,
            name: object.text(.name),
            internetIp: object.text(.internetIp),
            disasterRecoveryInternetIp: object.text(.disasterRecoveryInternetIp),
            networkType: object.text(.networkType),
            vpnType: object.text(.vpnType),
            status: object.text(.status),
            enableBgp: object.boolean(.enableBgp),
            vpcId: object.text(.vpcId),
            tags: object.tags(.tags),
            unknownFields: context.unknownFields, source: context.source(field))
        return VPNGateway(fields)
    }
}

extension CustomerGateway {
    /// Decodes a list item of `DescribeCustomerGateways` or the root of `DescribeCustomerGateway`.
    static func decode(_ field: Field, in context: RecordContext) -> CustomerGateway? {
        let object = ObjectReader(field, as: .customerGateway, in: context)
        guard let id = object.required(.customerGatewayId) else { return nil }
        let fields = Fields(
            customerGatewayId: id,
            name: object.text(.name),
            description: object.text(.description),
            ipAddress: object.text(.ipAddress),
            asn: object.text(.asn),
            authKey: object.secret(.authKey),
            tags: object.tags(.tags),
            unknownFields: context.unknownFields, source: context.source(field))
        return CustomerGateway(fields)
    }
}

extension APIError {
    /// Decodes the root of an error answer; some of the API's front ends write its names small.
    static func decode(_ root: Field, in context: RecordContext) -> APIError? {
        let object = ObjectReader(root, as: .error, in: context)
        func text(_ name: APIName, _ known: APIField, small: String) -> Located<String>? {
            if let text = object.text(name) { return text }
            guard let field = root[small] else { return nil }
            let text = field.trimmedText
            return text.isEmpty ? nil : Located(text, at: context.origin(of: field, as: known))
        }
        guard let code = text(.code, .errorCode, small: "code") else { return nil }
        return APIError(
            code: code,
            message: text(.message, .errorMessage, small: "message"),
            requestId: text(.requestId, .errorRequestId, small: "requestId"),
            hostId: text(.hostId, .errorHostId, small: "hostId"),
            recommend: text(.recommend, .errorRecommend, small: "recommend"))
    }
}
