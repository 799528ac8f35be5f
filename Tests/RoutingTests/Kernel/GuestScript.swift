/// What the guest's first process does.
///
/// ```
/// lan ── device ── net ── cloud (two addresses, each on a line of its own)
/// ```
/// `net` stands for the Internet and listens for whatever is neither IKE nor ESP. Each line `FACT name value` that the
/// guest prints is judged outside.
enum GuestScript {
    static let text = [network, daemons, story].joined()

    private static let network = #"""
        #!/bin/sh
        export PATH=/usr/sbin:/usr/bin:/sbin:/bin
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t devtmpfs dev /dev
        mount -t tmpfs run /run
        echo 1 >/proc/sys/kernel/printk
        . /case/values
        fact() { echo "FACT $*"; }
        inside() { space=$1; shift; ip netns exec "$space" "$@"; }
        seconds() { cut -d. -f1 /proc/uptime; }
        # within SECONDS COMMAND: asks again and again.
        within() {
            end=$(($(seconds) + $1)); shift
            while ! "$@" >/dev/null 2>&1; do
                [ "$(seconds)" -lt $end ] || return 1
                sleep 0.2
            done
        }
        line() {
            ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
            ip -n "$1" link set "$2" up; ip -n "$3" link set "$4" up
        }
        for space in cloud net device lan; do ip netns add $space; ip -n $space link set lo up; done
        line cloud wan1 net c1; line cloud wan2 net c2; line device wan0 net d0; line lan eth0 device lan0
        for space in net cloud device; do inside $space sysctl -q -w net.ipv4.ip_forward=1; done
        number=0
        for address in $CLOUD1 $CLOUD2; do
            number=$((number + 1))
            ip -n cloud addr add $address/24 dev wan$number
            ip -n net addr add ${address%.*}.254/24 dev c$number
            ip -n cloud route add default via ${address%.*}.254 dev wan$number table $number
            ip -n cloud rule add from $address lookup $number
        done
        ip -n cloud route add default via ${CLOUD1%.*}.254
        ip -n cloud addr add $CLOUD_HOST/32 dev lo
        ip -n device addr add $DEVICE/24 dev wan0
        ip -n net addr add ${DEVICE%.*}.1/24 dev d0
        ip -n device route add default via ${DEVICE%.*}.1
        ip -n device addr add $LAN_GATEWAY/24 dev lan0
        ip -n lan addr add $LAN_HOST/24 dev eth0
        ip -n lan route add default via $LAN_GATEWAY
        # The cloud lets nothing out in clear either, so what is heard is the device's.
        ip -n cloud route add blackhole $LAN metric 4294967295
        # Packets in clear would get through: only what listens tells them from others.
        ip -n net route add $CLOUD_HOST/32 via $CLOUD1
        ip -n net route add ${LAN_HOST%.*}.0/24 via $DEVICE

        listen() { inside net tcpdump -Z root -n -l -i $1 "$3" >/run/$2.$1 2>/dev/null & }
        # Neither IKE nor ESP, nor what `net` itself says when a line is cut.
        clear='ip and not esp and not udp port 500 and not udp port 4500'
        for address in ${DEVICE%.*}.1 ${CLOUD1%.*}.254 ${CLOUD2%.*}.254; do clear="$clear and not src host $address"; done
        for side in d0 c1 c2; do listen $side clear "$clear"; done
        listen d0 esp 'ip proto 50'
        sleep 2
        clear_packets() { cat /run/clear.* | wc -l; }
        way() { ip -n $1 -o route get $2 2>/dev/null | sed 's/.*dev \([^ ]*\).*/\1/'; }
        ways() { echo "$(way device $CLOUD_HOST) $(way cloud $LAN_HOST)"; }
        ways_are() { [ "$(ways)" = "$1" ]; }
        ping_through() { inside lan busybox ping -c 1 -W 1 $CLOUD_HOST; }
        # Interfaces (but for the one that the VTIs' module makes for itself), addresses, routes, policies, nftables.
        state() {
            ip -n device -o link | cut -d: -f2 | grep -v ip_vti0
            ip -n device -o -4 address | tr -s ' '
            ip -n device -4 route show table all | sort
            ip -n device xfrm policy; ip -n device xfrm state
            inside device nft list ruleset
        }
        state >/run/before
        for time in first second; do
            inside device sh $SCRIPT up >/run/up.$time 2>&1 || fact failed "up, $time time: $(cat /run/up.$time)"
        done

        """#

    private static let daemons = #"""
        ip -n cloud link add t1 type xfrm dev lo if_id 1
        ip -n cloud link add t2 type xfrm dev lo if_id 2
        [ -z "$CLOUD_BGP1" ] || ip -n cloud addr add $CLOUD_BGP1/30 dev t1
        [ -z "$CLOUD_BGP2" ] || ip -n cloud addr add $CLOUD_BGP2/30 dev t2
        for name in t1 t2; do
            ip -n cloud link set $name mtu 1400 up
            inside cloud sysctl -q -w net.ipv4.conf.$name.rp_filter=2
        done
        daemon() { # SPACE PROGRAM…
            mkdir -p /run/$1
            STRONGSWAN_CONF=/case/$1.strongswan.conf inside "$@" >/run/$1/out 2>&1 &
        }
        load() { # SPACE ARGUMENT…
            socket=/run/$1/vici; space=$1; shift
            within 60 test -S $socket && sleep 1
            STRONGSWAN_CONF=/case/$space.strongswan.conf swanctl --load-all "$@" --uri unix://$socket >/run/load 2>&1
            grep -E 'failed to load|successfully loaded 0|invalid' /run/load | sed 's/^/FACT failed /'
        }
        cloud() { daemon cloud charon-systemd; load cloud --file /case/cloud.conf; }
        device() {
            if [ $PACK = strongswan ]; then
                daemon device charon-systemd; load device
            else
                daemon device /usr/lib/ipsec/starter --nofork
                within 60 grep -q 'added configuration' /run/device/log
            fi
        }
        routers() {
            mkdir -p /run/$1/frr; chmod 777 /run/$1/frr
            for daemon in zebra staticd bgpd; do
                inside $1 /usr/lib/frr/$daemon -z /run/$1/frr/zserv.api --vty_socket /run/$1/frr \
                    -i /run/$1/frr/$daemon.pid >/run/$1/frr/$daemon.out 2>&1 &
            done
            within 60 test -S /run/$1/frr/bgpd.vty -a -S /run/$1/frr/zebra.vty -a -S /run/$1/frr/staticd.vty
            sleep 1
        }
        configure() {
            vtysh --vty_socket /run/$1/frr -f $2 >/run/vtysh 2>/run/vtysh.errors && [ ! -s /run/vtysh ] ||
                fact failed "$2: $(cat /run/vtysh /run/vtysh.errors)"
        }
        if [ $INITIATOR = device ]; then cloud; device; else device; cloud; fi
        # Without BGP the cloud goes by the master as long as that has an SA.
        prefer_master() {
            while sleep 0.5; do
                for number in 1 2; do
                    if ip -n cloud xfrm state | grep -q "if_id 0x$number\$"; then
                        ip -n cloud route replace $LAN dev t$number metric $number
                    else
                        ip -n cloud route del $LAN dev t$number metric $number 2>/dev/null
                    fi
                done
            done
        }
        if [ $ROUTING = static ]; then
            prefer_master &
        else
            routers cloud; configure cloud /case/cloud.frr
            routers device; configure device /etc/frr/frr.conf; configure device /etc/frr/frr.secrets.conf
        fi

        """#

    private static let story = #"""
        within 60 ping_through && fact ping up
        within 30 ways_are "$MASTER t1"
        fact up $(ways)
        fact states $(ip -n device xfrm state | grep -c 'proto esp')
        fact pins $(way device $CLOUD1) $(way device $CLOUD2)
        inside device sh $SCRIPT status >/run/status 2>&1 && fact status $(grep -c 'has an SA' /run/status)
        if [ $ROUTING = bgp ]; then
            fact learned $(ip -n device route show proto bgp | cut -d' ' -f1)
            fact told $(ip -n cloud route show proto bgp | cut -d' ' -f1)
            inside cloud tcpdump -Z root -n -l -c 1 -i t1 'tcp[tcpflags] & tcp-syn != 0 and port 8080' >/run/syn 2>/dev/null &
            inside cloud sh -c 'head -c 300000 /dev/zero | busybox nc -l -p 8080' >/dev/null 2>&1 &
            sleep 2
            fact tcp $(inside lan sh -c "sleep 5 | busybox nc $CLOUD_HOST 8080 | wc -c")
            fact mss $(sed -n 's/.*\(mss [0-9]*\).*/\1/p' /run/syn)
        fi

        # The master's line is cut.
        ip -n net link set c1 down
        within 40 ways_are "$SLAVE t2"
        fact cut $(ways)
        within 10 ping_through && fact ping cut

        # Both are: the cloud's networks have no route but the blackhole.
        ip -n net link set c2 down
        within 40 ways_are " "
        fact gone "$(ip -n device route get $CLOUD_HOST 2>&1)"
        ping_through && fact ping gone

        ip -n net link set c1 up; ip -n net link set c2 up
        for number in 1 2; do
            address=$CLOUD1; [ $number = 1 ] || address=$CLOUD2
            ip -n cloud route replace default via ${address%.*}.254 dev wan$number table $number
        done
        ip -n net route replace $CLOUD_HOST/32 via $CLOUD1
        within 60 ways_are "$MASTER t1"
        fact back $(ways)
        within 10 ping_through && fact ping back
        sleep 1
        fact clear $(clear_packets) $(cat /run/clear.* | head -n 5)
        fact esp $([ $(cat /run/esp.d0 | wc -l) -gt 200 ] && echo many)

        # Everything off: nothing is left, and what now leaves in clear is heard.
        for file in /run/device/frr/*.pid; do [ ! -f $file ] || kill $(cat $file); done
        for id in $(ip netns pids device); do
            case $(cat /proc/$id/comm) in charon* | starter) kill $id ;; esac
        done
        within 20 sh -c '! ip netns pids device | grep -q .'
        inside device sh $SCRIPT down || fact failed down
        state >/run/after
        if busybox cmp -s /run/before /run/after; then fact left nothing; else fact left $(busybox diff /run/before /run/after); fi
        ping_through
        sleep 1
        fact listening $([ $(clear_packets) -gt 0 ] && echo works)
        fact seconds $(seconds)
        [ -z "$SHOW" ] || tail -n 30 /run/device/log /run/cloud/log /run/clear.* /run/status
        echo b >/proc/sysrq-trigger
        sleep 10

        """#
}
