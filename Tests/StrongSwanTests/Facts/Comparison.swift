import TestSupport
import Testing

/// Compares what charon was told with what the answers say.
struct Comparison {
    var report: LoadReport
    /// Stands in every message: the seed, for example.
    var comment = ""

    func check(_ facts: [ResponseFacts]) throws {
        #expect(report.complaints == [], "\(comment)")
        #expect(report.connections.map(\.name).sorted() == facts.map(\.name).sorted(), "\(comment)")
        for fact in facts {
            let place = Comment(rawValue: "\(fact.name) \(comment)")
            let connection = try #require(report.connection(fact.name), place)
            checkIKE(connection.settings, fact, place)
            checkChildren(connection.children.map(\.content), fact, place)
            checkSecret(fact, place)
        }
        let numbers = report.connections.compactMap { $0.children.first?.content.text("if_id_in") }
        #expect(Set(numbers).count == numbers.count, "tunnels share an interface; \(comment)")
        #expect(report.secrets.count == facts.count, "\(comment)")
    }

    private func checkIKE(_ held: ViciTree, _ fact: ResponseFacts, _ place: Comment) {
        #expect(held.text("version") == fact.version, place)
        #expect(held.text("aggressive") == (fact.version == "1" ? (fact.aggressive ? "yes" : "no") : nil), place)
        // On, it would add addresses of other interfaces, and move the tunnel to them.
        #expect(held.text("mobike") == (fact.version == "2" ? "no" : nil), place)
        #expect(held.list("local_addrs") == fact.deviceAddress.map { [$0] }, place)
        #expect(held.list("remote_addrs") == [fact.cloudAddress], place)
        for (side, identity) in [("local", fact.deviceIdentity), ("remote", fact.cloudIdentity)] {
            #expect(held.text(side, "auth") == "psk", place)
            #expect(held.text(side, "id").map(CharonIdentity.init(readByCharon:)) == identity, place)
        }
        #expect(held.list("proposals") == [fact.ike.proposal], place)
        let (rekey, over) = (seconds(held.text("rekey_time")), seconds(held.text("over_time")))
        #expect(rekey + over == fact.ikeLifetime, place)
        #expect(rekey > 0 && over > 0, place)
        #expect((held.text("dpd_delay") != nil) == fact.detectsDeadPeers, place)
        #expect((held.text("dpd_timeout") != nil) == (fact.detectsDeadPeers && fact.version == "1"), place)
        #expect(held.text("keyingtries") == "0", place)
    }

    private func checkChildren(_ children: [ViciTree], _ fact: ResponseFacts, _ place: Comment) {
        let held = children.map {
            ResponseFacts.Child(device: Set($0.list("local_ts") ?? []), cloud: Set($0.list("remote_ts") ?? []))
        }
        #expect(Set(held) == Set(fact.children) && held.count == fact.children.count, place)
        for child in children {
            #expect(child.list("esp_proposals") == [fact.esp.proposal], place)
            #expect(seconds(child.text("life_time")) == fact.espLifetime, place)
            #expect((1..<fact.espLifetime).contains(seconds(child.text("rekey_time"))), place)
            #expect((child.text("if_id_in") != nil) == fact.usesInterface, place)
            #expect(child.text("if_id_in") == child.text("if_id_out"), place)
            #expect(child.text("if_id_in") != "0", place)
            #expect((child.text("dpd_action") != nil) == fact.detectsDeadPeers, place)
            // Somebody must begin, also after the other side has ended a tunnel.
            #expect(child.text("start_action")?.contains("start") == true, place)
            if fact.usesInterface { #expect(child.text("close_action") == "start", place) }
        }
    }

    private func checkSecret(_ fact: ResponseFacts, _ place: Comment) {
        let secrets = report.secrets.filter { $0.name == "ike-" + fact.name }
        // Keys are compared by a truth value, so that a failure does not print them.
        #expect(secrets.count == 1 && secrets.allSatisfy { $0.key == fact.key && $0.accepted }, place)
        #expect(
            secrets.first?.owners.map(CharonIdentity.init(readByCharon:)) == [fact.deviceIdentity, fact.cloudIdentity],
            place)
    }

    private func seconds(_ text: String?) -> Int { Int(text?.replacing("s", with: "") ?? "") ?? -1 }
}
