internal import FieldReader

// What an answer is, told by the fields it has: JSON has no root name, and XML is treated alike.

extension DocumentDecoder {
    /// Whether a list's record belongs to an operation that has the same list name, but does not help.
    func unsupported(_ shape: Shape, record: Field) -> ResponseProblem.UnsupportedOperation? {
        switch shape {
        case .attachments: return .describeVpnAttachments
        case .connections:
            let isDiagnosis = [
                APIName.failedReason, .failedReasonCode, .mismatchLocalParam, .mismatchRemoteParam,
            ]
            .contains { record[$0.number] != nil }
            return isDiagnosis && record[APIName.localSubnet.number] == nil ? .diagnoseVpnConnections : nil
        case .vpnGateways, .customerGateways: return nil
        }
    }

    /// Whether the document as a whole belongs to an operation that does not help, empty lists included.
    func unsupported(root: Field) -> ResponseProblem.UnsupportedOperation? {
        let name = root.name.hasSuffix("Response") ? String(root.name.dropLast("Response".count)) : root.name
        if let operation = ResponseProblem.UnsupportedOperation(rawValue: name) { return operation }
        if root[APIName.vpnAttachments.number] != nil { return .describeVpnAttachments }
        // What creates or changes a connection answers with its id and little else.
        let isIdOnly = root[APIName.vpnConnectionId.number] != nil && singular(root) == nil
        return isIdOnly && root[APIName.vpnConnectionConfig.number] == nil ? .writeOperation : nil
    }

    /// The one record that the root itself is, if it is one.
    func singular(_ root: Field) -> (shape: Shape, operation: APIOperation)? {
        func has(_ names: APIName...) -> Bool { names.contains { root[$0.number] != nil } }
        if has(.vpnConnectionId) {
            let isWhole = has(.localSubnet, .ikeConfig, .tunnelOptionsSpecification)
            return isWhole ? (.connections, .describeVpnConnection) : nil
        }
        if has(.vpnGatewayId), has(.internetIp, .vpcId, .vpnType) {
            return (.vpnGateways, .describeVpnGateway)
        }
        if has(.customerGatewayId), has(.ipAddress) { return (.customerGateways, .describeCustomerGateway) }
        return nil
    }
}
