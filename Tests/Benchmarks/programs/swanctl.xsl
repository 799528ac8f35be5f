<?xml version="1.0" encoding="UTF-8"?>
<!-- The connections' own files (swanctl, and the example of secrets) as a stylesheet for xsltproc: what peerconf prints
     of the answers of data.py, but for the tunnels' numbers, since XSLT has no hash. Nothing is looked for that could be
     wrong, and the files of whole devices are left out. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="str">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="gateways"/>
  <xsl:key name="gateway" match="CustomerGateway" use="CustomerGatewayId"/>

  <xsl:template match="/">
    <xsl:apply-templates select="/*/VpnConnections/VpnConnection"/>
  </xsl:template>

  <xsl:template match="VpnConnection">
    <!-- An element of its own, which text output leaves out: libxslt counts a text anew when it adds to it. -->
    <connection>
    <xsl:variable name="id" select="string(VpnConnectionId)"/>
    <xsl:variable name="tunnels" select="self::node()[not(TunnelOptionsSpecification)] | TunnelOptionsSpecification/TunnelOptions"/>
    <xsl:variable name="dual" select="boolean(TunnelOptionsSpecification)"/>
    <xsl:variable name="bgp" select="EnableTunnelsBgp = 'true' or VpnBgpConfig"/>
    <xsl:variable name="interface" select="$dual or $bgp or LocalSubnet = '0.0.0.0/0'"/>
    <xsl:variable name="cloud" select="str:tokenize(LocalSubnet, ',')"/>
    <xsl:variable name="device" select="str:tokenize(RemoteSubnet, ',')"/>
    <xsl:variable name="base" select="1000000 + position() * 2"/>
    <xsl:variable name="folder" select="concat($tunnels[1]/CustomerGatewayId, '/swanctl/', $id)"/>
    <xsl:value-of select="concat('&#10;# ==&gt; ', $folder, '.conf &lt;==&#10;# ', $id, '  &quot;', Name,
      '&quot;   strongSwan &gt;= 5.9.6 (swanctl)&#10;#&#10;')"/>
    <xsl:for-each select="$tunnels">
      <xsl:variable name="own" select="CustomerGatewayId"/>
      <xsl:variable name="address"><xsl:for-each select="document($gateways)"><xsl:value-of
        select="key('gateway', $own)/IpAddress"/></xsl:for-each></xsl:variable>
      <xsl:if test="$dual"><xsl:value-of select="concat('#   tunnel ', position(), ', ', Role, ': ', TunnelId,
        '&#10;')"/></xsl:if>
      <xsl:variable name="indent"><xsl:if test="$dual"><xsl:text>  </xsl:text></xsl:if></xsl:variable>
      <xsl:variable name="ike" select="IkeConfig | TunnelIkeConfig"/>
      <xsl:variable name="blank" select="'               '"/>
      <xsl:value-of select="concat('#   ', $indent, 'device (this host)  ', $address, substring($blank,
        string-length($address) + 1), '  id ', $ike/RemoteId, '&#10;#   ', $indent, 'Alibaba Cloud       ', InternetIp,
        substring($blank, string-length(InternetIp) + 1), '  id ', $ike/LocalId, '&#10;')"/>
    </xsl:for-each>
    <xsl:text>#   networks            </xsl:text>
    <xsl:for-each select="$device"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each>
    <xsl:text> (device), </xsl:text>
    <xsl:for-each select="$cloud"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each>
    <xsl:text> (cloud)&#10;#&#10;</xsl:text>
    <xsl:choose>
      <xsl:when test="$interface">
        <xsl:text># Route-based: the children are bound to </xsl:text>
        <xsl:choose><xsl:when test="$dual">XFRM interfaces</xsl:when><xsl:otherwise>the XFRM interface</xsl:otherwise></xsl:choose>
        <xsl:for-each select="$tunnels"><xsl:if test="position() > 1">,</xsl:if><xsl:value-of
          select="concat(' xfrm', $base + position())"/></xsl:for-each>
        <xsl:text>, and traffic enters by routes.&#10;# Before charon loads this: interfaces.sh.&#10;</xsl:text>
        <xsl:choose>
          <xsl:when test="$bgp"><xsl:text># Routes come by BGP: frr.conf.&#10;</xsl:text></xsl:when>
          <xsl:when test="$dual"><xsl:text># Routes follow the children, the first tunnel's before the second's: updown calls interfaces.sh.&#10;</xsl:text></xsl:when>
        </xsl:choose>
      </xsl:when>
      <xsl:when test="IkeConfig/IkeVersion = 'ikev1' and count($cloud) * count($device) > 1"><xsl:text># Policy-based. IKEv1's Quick Mode carries one pair of networks, so each pair is a child of its own.&#10;</xsl:text></xsl:when>
      <xsl:otherwise><xsl:text># Policy-based: traffic between these networks is encrypted, nothing else.&#10;</xsl:text></xsl:otherwise>
    </xsl:choose>
    <xsl:text>&#10;connections {&#10;</xsl:text>
    <xsl:for-each select="$tunnels">
      <xsl:call-template name="tunnel">
        <xsl:with-param name="cloud" select="$cloud"/>
        <xsl:with-param name="device" select="$device"/>
        <xsl:with-param name="interface" select="$interface"/>
        <xsl:with-param name="follows" select="$dual and not($bgp)"/>
        <xsl:with-param name="number" select="$base + position()"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:text>}&#10;&#10;# Also needed, where this host has a firewall or source NAT: the like of these, before what drops or masquerades.&#10;# "inet filter" and "ip nat" stand for the tables that are there.&#10;</xsl:text>
    <xsl:for-each select="$tunnels">
      <xsl:variable name="rule" select="concat('# nft ', &quot;'&quot;, 'insert rule inet filter ')"/>
      <xsl:variable name="end" select="concat(' accept', &quot;'&quot;, '&#10;')"/>
      <xsl:value-of select="concat($rule, 'input ip saddr ', InternetIp, ' udp dport { 500, 4500 }', $end, $rule,
        'input ip saddr ', InternetIp, ' ip protocol esp', $end)"/>
      <xsl:variable name="name" select="concat('&quot;xfrm', $base + position(), '&quot;')"/>
      <xsl:if test="$bgp"><xsl:value-of select="concat($rule, 'input iifname ', $name, ' ip saddr ',
        (VpnBgpConfig | TunnelBgpConfig)/LocalBgpIp, ' tcp dport 179', $end)"/></xsl:if>
      <xsl:if test="$interface"><xsl:value-of select="concat($rule, 'forward iifname ', $name, $end, $rule,
        'forward oifname ', $name, $end)"/></xsl:if>
    </xsl:for-each>
    <xsl:choose>
      <xsl:when test="$interface">
        <xsl:text># Source NAT must leave the tunnels alone.&#10;</xsl:text>
        <xsl:for-each select="$tunnels"><xsl:value-of select="concat('# nft ', &quot;'&quot;,
          'insert rule ip nat postrouting oifname &quot;xfrm', $base + position(), '&quot; accept', &quot;'&quot;,
          '&#10;')"/></xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="policies">
          <xsl:with-param name="id" select="$id"/>
          <xsl:with-param name="cloud" select="$cloud"/>
          <xsl:with-param name="device" select="$device"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat('&#10;# ==&gt; ', $folder, '.secrets.conf.example &lt;==&#10;# Pre-shared keys of ', $id,
      ', each bound to both identities of its tunnel.&#10;# The keys are placeholders: render with --secrets split for a file to put in place.&#10;&#10;secrets {&#10;')"/>
    <xsl:for-each select="$tunnels">
      <xsl:variable name="ike" select="IkeConfig | TunnelIkeConfig"/>
      <xsl:variable name="name" select="VpnConnectionId | TunnelId"/>
      <xsl:value-of select="concat('    ike-', $name, ' {&#10;        id-device = &quot;', $ike/RemoteId,
        '&quot;&#10;        id-cloud = &quot;', $ike/LocalId, '&quot;&#10;        secret = &quot;&lt;&lt;PSK ', $name,
        '&gt;&gt;&quot;&#10;    }&#10;')"/>
    </xsl:for-each>
    <xsl:text>}&#10;</xsl:text>
    </connection>
  </xsl:template>

  <xsl:template name="tunnel">
    <xsl:param name="cloud"/>
    <xsl:param name="device"/>
    <xsl:param name="interface"/>
    <xsl:param name="follows"/>
    <xsl:param name="number"/>
    <xsl:variable name="own" select="CustomerGatewayId"/>
    <xsl:variable name="address"><xsl:for-each select="document($gateways)"><xsl:value-of
      select="key('gateway', $own)/IpAddress"/></xsl:for-each></xsl:variable>
    <xsl:variable name="ike" select="IkeConfig | TunnelIkeConfig"/>
    <xsl:variable name="ipsec" select="IpsecConfig | TunnelIpsecConfig"/>
    <xsl:variable name="old" select="$ike/IkeVersion = 'ikev1'"/>
    <xsl:variable name="name" select="VpnConnectionId | TunnelId"/>
    <xsl:variable name="group"><xsl:apply-templates select="$ike/IkePfs" mode="group"/></xsl:variable>
    <xsl:variable name="pfs"><xsl:if test="$ipsec/IpsecPfs != 'disabled'">-<xsl:apply-templates
      select="$ipsec/IpsecPfs" mode="group"/></xsl:if></xsl:variable>
    <xsl:variable name="rekey" select="floor($ike/IkeLifetime * 9 div 10)"/>
    <xsl:value-of select="concat('    ', $name, ' {&#10;        version = ', 2 - $old, '&#10;')"/>
    <xsl:choose>
      <xsl:when test="$old"><xsl:value-of select="concat('        aggressive = ', substring('no yes', 1 + 3 * ($ike/IkeMode = 'aggressive'), 3 - ($ike/IkeMode != 'aggressive')), '&#10;')"/></xsl:when>
      <xsl:otherwise><xsl:text>        mobike = no&#10;</xsl:text></xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat('        local_addrs = ', $address, '&#10;        remote_addrs = ', InternetIp,
      '&#10;        proposals = ', $ike/IkeEncAlg, '-', $ike/IkeAuthAlg, '-', $group,
      '&#10;        # rekey_time + over_time = the agreed lifetime, ', $ike/IkeLifetime, ' s&#10;        rekey_time = ',
      $rekey, 's&#10;        over_time = ', $ike/IkeLifetime - $rekey, 's&#10;')"/>
    <xsl:if test="EnableDpd = 'true'">
      <xsl:text>        dpd_delay = 10s&#10;</xsl:text>
      <xsl:if test="$old"><xsl:text>        dpd_timeout = 30s&#10;</xsl:text></xsl:if>
    </xsl:if>
    <xsl:value-of select="concat('        keyingtries = 0&#10;        local {&#10;            auth = psk&#10;            id = &quot;',
      $ike/RemoteId, '&quot;&#10;        }&#10;        remote {&#10;            auth = psk&#10;            id = &quot;',
      $ike/LocalId, '&quot;&#10;        }&#10;        children {&#10;')"/>
    <xsl:variable name="here" select="."/>
    <xsl:choose>
      <xsl:when test="$old">
        <xsl:variable name="several" select="count($cloud) * count($device) > 1"/>
        <xsl:for-each select="$device">
          <xsl:variable name="network" select="string(.)"/>
          <xsl:variable name="row" select="(position() - 1) * count($cloud)"/>
          <xsl:for-each select="$cloud">
            <xsl:variable name="there" select="string(.)"/>
            <xsl:variable name="mark"><xsl:if test="$several"><xsl:value-of select="concat('-', $row + position())"/></xsl:if></xsl:variable>
            <xsl:for-each select="$here"><xsl:call-template name="child">
              <xsl:with-param name="name" select="concat($name, $mark)"/>
              <xsl:with-param name="local" select="$network"/><xsl:with-param name="remote" select="$there"/>
              <xsl:with-param name="interface" select="$interface"/><xsl:with-param name="follows" select="$follows"/>
              <xsl:with-param name="number" select="$number"/><xsl:with-param name="pfs" select="$pfs"/>
            </xsl:call-template></xsl:for-each>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="child">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="local" select="ancestor-or-self::VpnConnection/RemoteSubnet"/>
        <xsl:with-param name="remote" select="ancestor-or-self::VpnConnection/LocalSubnet"/>
        <xsl:with-param name="interface" select="$interface"/><xsl:with-param name="follows" select="$follows"/>
        <xsl:with-param name="number" select="$number"/><xsl:with-param name="pfs" select="$pfs"/>
      </xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:text>        }&#10;    }&#10;</xsl:text>
  </xsl:template>

  <xsl:template name="child">
    <xsl:param name="name"/>
    <xsl:param name="local"/>
    <xsl:param name="remote"/>
    <xsl:param name="interface"/>
    <xsl:param name="follows"/>
    <xsl:param name="number"/>
    <xsl:param name="pfs"/>
    <xsl:variable name="ipsec" select="IpsecConfig | TunnelIpsecConfig"/>
    <xsl:value-of select="concat('            ', $name, ' {&#10;                local_ts = ', $local,
      '&#10;                remote_ts = ', $remote, '&#10;')"/>
    <xsl:if test="$interface"><xsl:value-of select="concat('                if_id_in = ', $number,
      '&#10;                if_id_out = ', $number, '&#10;')"/></xsl:if>
    <xsl:value-of select="concat('                esp_proposals = ', $ipsec/IpsecEncAlg, '-', $ipsec/IpsecAuthAlg, $pfs,
      '&#10;                life_time = ', $ipsec/IpsecLifetime, 's&#10;                rekey_time = ',
      floor($ipsec/IpsecLifetime * 9 div 10), 's&#10;')"/>
    <xsl:choose>
      <xsl:when test="$interface"><xsl:text>                start_action = start&#10;                close_action = start&#10;</xsl:text></xsl:when>
      <xsl:otherwise><xsl:text>                start_action = trap|start&#10;</xsl:text></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$follows"><xsl:text>                updown = "/bin/sh /etc/swanctl/interfaces.sh updown"&#10;</xsl:text></xsl:if>
    <xsl:if test="EnableDpd = 'true'">
      <xsl:text>                dpd_action = </xsl:text>
      <xsl:choose><xsl:when test="$interface">restart</xsl:when><xsl:otherwise>trap</xsl:otherwise></xsl:choose>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
    <xsl:text>            }&#10;</xsl:text>
  </xsl:template>

  <xsl:template name="policies">
    <xsl:param name="id"/>
    <xsl:param name="cloud"/>
    <xsl:param name="device"/>
    <xsl:variable name="q" select="&quot;'&quot;"/>
    <xsl:text># sysctl -w net.ipv4.ip_forward=1&#10;</xsl:text>
    <xsl:for-each select="$device"><xsl:variable name="here" select="."/><xsl:for-each select="$cloud"><xsl:value-of
      select="concat('# nft ', $q, 'insert rule inet filter forward ip saddr ', ., ' ip daddr ', $here,
      ' meta secpath exists accept', $q, '&#10;# nft ', $q, 'insert rule inet filter forward ip saddr ', $here,
      ' ip daddr ', ., ' accept', $q, '&#10;')"/></xsl:for-each></xsl:for-each>
    <xsl:text># Source NAT must leave these alone, or their packets leave unencrypted with another source address.&#10;</xsl:text>
    <xsl:for-each select="$device"><xsl:variable name="here" select="."/><xsl:for-each select="$cloud"><xsl:value-of
      select="concat('# nft ', $q, 'insert rule ip nat postrouting ip saddr ', $here, ' ip daddr ', ., ' accept', $q,
      '&#10;')"/></xsl:for-each></xsl:for-each>
    <xsl:value-of select="concat('# A policy has no interface with an MTU of its own: TCP must fit what remains beside ESP.&#10;# nft add table inet peerconf-',
      $id, '&#10;# nft ', $q, 'add chain inet peerconf-', $id,
      ' forward { type filter hook forward priority mangle; policy accept; }', $q, '&#10;')"/>
    <xsl:variable name="rule" select="concat('# nft ', $q, 'add rule inet peerconf-', $id, ' forward ip saddr ')"/>
    <xsl:variable name="end" select="concat(' tcp flags &amp; (syn | rst) == syn tcp option maxseg size set 1360', $q, '&#10;')"/>
    <xsl:for-each select="$device"><xsl:variable name="here" select="."/><xsl:for-each select="$cloud"><xsl:value-of
      select="concat($rule, $here, ' ip daddr ', ., $end, $rule, ., ' ip daddr ', $here, $end)"/></xsl:for-each></xsl:for-each>
  </xsl:template>

  <xsl:template match="IkePfs | IpsecPfs" mode="group">
    <xsl:choose>
      <xsl:when test=". = 'group1'">modp768</xsl:when>
      <xsl:when test=". = 'group2'">modp1024</xsl:when>
      <xsl:when test=". = 'group5'">modp1536</xsl:when>
      <xsl:otherwise>modp2048</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
