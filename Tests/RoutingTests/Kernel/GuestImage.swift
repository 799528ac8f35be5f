import Foundation
import TestSupport

/// An initial file system for Debian's cloud kernel, made of this machine's own programs, and of the files of a case.
enum GuestImage {
    static let emulator = "/usr/bin/qemu-system-x86_64"

    /// Packs programs with their libraries, the kernel's network and cipher modules, and `$2`, the case's files.
    private static let packing = #"""
        set -eu
        root=$1/root; version=$3
        programs="/usr/bin/dash /usr/sbin/ip /usr/sbin/nft /usr/sbin/sysctl /usr/bin/kmod /usr/bin/mount /usr/bin/sleep
            /usr/bin/grep /usr/bin/sed /usr/bin/cat /usr/bin/mkdir /usr/bin/chmod /usr/bin/cut /usr/bin/tr /usr/bin/wc
            /usr/bin/sort /usr/bin/head /usr/bin/tail /usr/bin/test /usr/bin/rm /usr/bin/busybox /usr/bin/tcpdump
            /usr/sbin/swanctl /usr/sbin/charon-systemd /usr/lib/ipsec/charon /usr/lib/ipsec/starter
            /usr/lib/ipsec/stroke /usr/lib/frr/zebra /usr/lib/frr/staticd /usr/lib/frr/bgpd /usr/bin/vtysh"
        plugins=$(ls /usr/lib/ipsec/plugins/*.so)
        security=/usr/lib/x86_64-linux-gnu/security/pam_permit.so
        libraries=$(ldd $programs $plugins 2>/dev/null | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/lib[^ ]*\) (.*/\1/p' | sort -u)
        mkdir -p $root/usr/bin $root/usr/sbin $root/usr/lib $root/usr/lib64
        for folder in bin sbin lib lib64; do ln -s usr/$folder $root/$folder; done
        # libgcc_s is opened by name when a thread ends.
        for file in $programs $plugins $security $libraries /lib/x86_64-linux-gnu/libgcc_s.so.1; do
            mkdir -p $root${file%/*}; cp -L $file $root$file
        done
        ln -s dash $root/usr/bin/sh
        ln -s ../bin/kmod $root/usr/sbin/modprobe
        modules=lib/modules/$version
        mkdir -p $root/$modules/kernel/drivers/net
        cp /$modules/modules.* $root/$modules/
        for folder in net crypto lib arch/x86/crypto; do
            mkdir -p $root/$modules/kernel/$folder; cp -r /$modules/kernel/$folder/. $root/$modules/kernel/$folder/
        done
        cp /$modules/kernel/drivers/net/veth.ko $root/$modules/kernel/drivers/net/
        mkdir -p $root/proc $root/sys $root/dev $root/run $root/tmp $root/var/tmp/frr $root/etc/frr $root/etc/pam.d
        ln -s ../run $root/var/run
        chmod 777 $root/tmp $root/var/tmp/frr
        grep -E '^(root|frr):' /etc/passwd >$root/etc/passwd
        grep -E '^(root|frr|frrvty):' /etc/group >$root/etc/group
        printf 'auth sufficient pam_permit.so\naccount sufficient pam_permit.so\n' >$root/etc/pam.d/frr
        : >$root/etc/frr/vtysh.conf
        mkdir -p $root/usr/share; cp -r /usr/share/yang $root/usr/share/
        cp -r $2/. $root/
        chmod 755 $root/init
        cd $root; find . | cpio --quiet -o -H newc >$1/image
        """#

    /// The newest of Debian's cloud kernels here, by its version.
    static var kernel: String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/boot")) ?? []
        return names.filter { $0.hasPrefix("vmlinuz-") && $0.hasSuffix("-cloud-amd64") }
            .map { String($0.dropFirst("vmlinuz-".count)) }
            .max { $0.compare($1, options: .numeric) == .orderedAscending }
    }

    /// Boots the kernel with the case's files, `/init` among them, and gives what it printed until it reset itself.
    ///
    /// The processor is emulated: a test must not depend on where it may be virtualised.
    static func boot(_ files: [String: String], seconds: Int) async throws -> String {
        guard let kernel else { throw HarnessError("no cloud kernel in /boot") }
        return try await withTemporaryFolder { folder in
            for (path, text) in files {
                let place = URL(fileURLWithPath: "\(folder)/case/\(path)")
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: place)
            }
            let packed = try await Command.run(
                "/bin/sh", ["-c", packing, "pack", folder, "\(folder)/case", kernel], seconds: 120, atOnce: true)
            guard packed.status == 0 else { throw HarnessError("packing: \(packed.stderr)") }
            let output = try await Command.run(
                emulator,
                [
                    "-accel", "tcg", "-machine", "q35", "-cpu", "max", "-m", "640", "-nodefaults", "-no-user-config",
                    "-display", "none", "-no-reboot", "-serial", "stdio", "-kernel", "/boot/vmlinuz-\(kernel)",
                    "-initrd", "\(folder)/image", "-append", "console=ttyS0 quiet panic=-1 rdinit=/init",
                ], seconds: seconds, atOnce: true)
            guard output.status == 0 else {
                throw HarnessError("the guest ended with \(output.status):\n\(output.stdout)\(output.stderr)")
            }
            return output.stdout
        }
    }
}
