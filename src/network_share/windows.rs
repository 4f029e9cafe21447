use super::{NetworkShare, ShareKind};

/// What Windows calls the files of the Linux that it runs itself, and those of the machine that a terminal is shown on.
const HOSTS: [&str; 4] = ["wsl$", "wsl.localhost", "tsclient", "client"];

pub(super) fn share_in(path: &str) -> Option<NetworkShare> {
    let path = path.replace('/', "\\");
    let verbatim = ["\\\\?\\UNC\\", "\\??\\UNC\\"];
    let is_local = ["\\\\?\\", "\\\\.\\", "\\??\\"];
    let rest = if let Some(rest) = verbatim.iter().find_map(|start| without_start(&path, start)) {
        rest
    } else if is_local.iter().any(|start| path.starts_with(start)) {
        return None;
    } else {
        path.strip_prefix("\\\\")?
    };
    let server = rest.split('\\').next().filter(|server| !server.is_empty())?;
    // WebDAV is spelt server@SSL or server@port.
    let (name, is_web) = server.split_once('@').map_or((server, false), |(name, _)| (name, true));
    let kind = match name {
        _ if HOSTS.iter().any(|host| name.eq_ignore_ascii_case(host)) => ShareKind::Host,
        _ if is_web => ShareKind::WebDav,
        _ => ShareKind::Smb,
    };
    Some(NetworkShare { kind, server: (kind != ShareKind::Host).then(|| name.to_owned()) })
}

fn without_start<'a>(path: &'a str, start: &str) -> Option<&'a str> {
    let (head, rest) = path.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}
