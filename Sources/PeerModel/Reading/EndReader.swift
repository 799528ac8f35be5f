import CloudAPI
import Findings

/// Reads the two ends of a tunnel: addresses from whichever answer has them, identities as sent.
extension ConnectionReader {
    mutating func readEnds(_ source: TunnelSource) -> (CloudEnd, DeviceEnd) {
        let (cloudIdentity, deviceIdentity) = identities(source)
        let cloud = cloudEnd(source, identity: cloudIdentity)
        let known = cloud.addressIsAssumed ? nil : cloud.address?.value
        let device = deviceEnd(source, identity: deviceIdentity, cloud: known)
        checkOrientation(cloud, device)
        return (cloud, device)
    }

    /// LocalId is the cloud's, RemoteId the device's, unless the user says otherwise (api.md 2).
    private mutating func identities(_ source: TunnelSource) -> (Located<Identity>?, Located<Identity>?) {
        var (cloud, device) = (source.ike.localId, source.ike.remoteId)
        var (cloudField, deviceField) = ("LocalId", "RemoteId")
        if options.identitySide == .device {
            swap(&cloud, &device)
            swap(&cloudField, &deviceField)
        }
        // The service's own placeholder for "none set", on transit routers (api.md 2.4).
        if cloud == nil || cloud?.value == "leftId-not-exist" {
            report.add(
                ModelProblem.cloudIdentityMissing(field: cloudField, placeholder: cloud?.value),
                at: cloud?.origin ?? source.ike.origin)
            cloud = nil
        }
        if device == nil { report.add(ModelProblem.deviceIdentityMissing(field: deviceField), at: source.ike.origin) }
        for case let sent? in [cloud, device]
        where sent.value.isUnusableIdentity {
            report.add(ModelProblem.identityUnusable(sent.value), at: sent.origin)
        }
        let typed = [cloud, device].map { $0?.map(Identity.init) }
        for case let identity? in typed where identity.value.isAmbiguous {
            report.add(ModelProblem.identityTypedExplicitly(identity.value.text), at: identity.origin)
        }
        return (typed[0], typed[1])
    }

    /// InternetIp where the answer has it; else the gateway's; else what LocalId suggests.
    private mutating func cloudEnd(_ source: TunnelSource, identity: Located<Identity>?) -> CloudEnd {
        if let address = report.address(source.internetIp) {
            return CloudEnd(address: address, addressIsAssumed: false, identity: identity)
        }
        let gatewayID = self.source.vpnGatewayId
        if let gateway = gateways.vpnGateway(gatewayID?.value) {
            let field = source.role == .slave ? gateway.disasterRecoveryInternetIp : gateway.internetIp
            if let address = report.address(field) {
                return CloudEnd(address: address, addressIsAssumed: false, identity: identity)
            }
        } else if let gatewayID, gateways.hasVPNGateways {
            report.add(
                ModelProblem.gatewayNotAmongInputs(kind: "VPN gateway", id: gatewayID.value), at: gatewayID.origin)
        }
        // What is known to be the device's can't be the cloud's: the identities are crossed then.
        let deviceAddress = gateways.customerGateway(source.customerGatewayId?.value)?.ipAddress?.value
        if let identity, let address = identity.value.address, address.description != deviceAddress {
            report.add(ModelProblem.cloudAddressAssumed(address, gateway: gatewayID?.value), at: identity.origin)
            return CloudEnd(
                address: Located(address, at: identity.origin), addressIsAssumed: true, identity: identity)
        }
        report.add(ModelProblem.cloudAddressUnknown(gateway: gatewayID?.value), at: source.origin)
        return CloudEnd(address: nil, addressIsAssumed: false, identity: identity)
    }

    /// The customer gateway's address; else what RemoteId suggests, when that can be a public address.
    private mutating func deviceEnd(
        _ source: TunnelSource, identity: Located<Identity>?, cloud: IPv4Address?
    ) -> DeviceEnd {
        // It names the device's folder.
        let gatewayID = source.customerGatewayId.flatMap { report.identifier($0) }
        var end = DeviceEnd(
            customerGateway: gatewayID, address: nil, addressIsAssumed: false,
            interfaceAddress: nil, identity: identity, isBehindNAT: false)
        if let gateway = gateways.customerGateway(gatewayID?.value) {
            end.address = report.address(gateway.ipAddress)
        } else if let gatewayID, gateways.hasCustomerGateways {
            report.add(
                ModelProblem.gatewayNotAmongInputs(kind: "customer gateway", id: gatewayID.value), at: gatewayID.origin)
        }
        if let known = end.address {
            // A private identity behind a public address is what a device behind NAT usually sends; the address
            // on its own interface is then its identity, or not known at all.
            if let sent = identity?.value.address, sent != known.value, sent.isPrivate, !known.value.isPrivate {
                end.isBehindNAT = true
            }
            end.interfaceAddress = end.isBehindNAT ? nil : known
        } else if let identity, let address = identity.value.address, address != cloud {
            report.add(ModelProblem.deviceAddressAssumed(address, gateway: gatewayID?.value), at: identity.origin)
            end.address = Located(address, at: identity.origin)
            end.addressIsAssumed = true
            end.interfaceAddress = end.address
        } else {
            report.add(ModelProblem.deviceAddressUnknown(gateway: gatewayID?.value), at: source.origin)
        }
        return end
    }

    /// Identities that belong to the other side: told, never swapped, because a gateway that is configured
    /// the wrong way round really sends them (api.md 2.4).
    private mutating func checkOrientation(_ cloud: CloudEnd, _ device: DeviceEnd) {
        let cloudAddress = cloud.addressIsAssumed ? nil : cloud.address?.value
        let deviceAddress = device.addressIsAssumed ? nil : device.address?.value
        guard let cloudIdentity = cloud.identity, let deviceIdentity = device.identity else { return }
        let crossedCloud = deviceAddress != nil && cloudIdentity.value.address == deviceAddress
        let crossedDevice = cloudAddress != nil && deviceIdentity.value.address == cloudAddress
        // Identities that are equal are told as such (PC275).
        guard crossedCloud || crossedDevice, cloudAddress != deviceAddress, cloudIdentity.value != deviceIdentity.value
        else { return }
        report.add(
            ModelProblem.identitiesCrossed(cloud: cloudIdentity.value.text, device: deviceIdentity.value.text),
            at: cloudIdentity.origin)
    }
}

extension String {
    /// Whether it is too long for an identity, or has white space in it.
    fileprivate var isUnusableIdentity: Bool {
        // Of nearly all, bytes tell as much as characters.
        if utf8.count <= 100, utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return false }
        return count > 100 || contains(where: \.isWhitespace)
    }
}
