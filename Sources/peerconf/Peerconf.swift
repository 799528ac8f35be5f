import ArgumentParser

@main
struct Peerconf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peerconf", abstract: "Device configuration for the far end of Alibaba Cloud IPsec-VPN.")
}
