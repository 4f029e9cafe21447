use std::fmt;

/// How a machine reaches a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareKind {
    /// Windows' file sharing, as most servers and NAS boxes offer it.
    Smb,
    /// The file sharing of Unix.
    Nfs,
    /// The Andrew File System.
    Afs,
    /// Files over SSH.
    Ssh,
    /// Files over HTTP.
    WebDav,
    /// A file system that many machines have in common, such as Ceph, GlusterFS or Lustre.
    Cluster,
    /// A directory of the host, shown to a virtual machine, a container or a terminal.
    Host,
    /// An online store, such as S3 or what rclone shows.
    Cloud,
    /// Any other that another machine offers.
    Other,
}

impl ShareKind {
    /// By the name that the system has for the kind of file system, as `nfs4`; `None` where it is not known to be a share.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        // What runs outside the kernel is named after its program.
        let name = name.strip_prefix("fuse.").unwrap_or(name);
        Some(match name {
            "cifs" | "smb2" | "smb3" | "smbfs" | "smbnetfs" | "ncpfs" | "ncp" => Self::Smb,
            "nfs" | "nfs3" | "nfs4" | "nfsd" | "fuse-nfs" => Self::Nfs,
            "afs" | "afpfs" | "coda" => Self::Afs,
            "sshfs" => Self::Ssh,
            "davfs" | "davfs2" | "webdav" | "wdfs" => Self::WebDav,
            "ceph" | "ceph-fuse" | "glusterfs" | "lustre" | "gpfs" | "beegfs" | "orangefs" | "pvfs2" | "ocfs2"
            | "gfs2" | "moosefs" | "mfs" | "lizardfs" | "juicefs" | "seaweedfs" | "panfs" => Self::Cluster,
            "9p" | "vboxsf" | "vmhgfs" | "vmhgfs-fuse" | "prl_fs" | "grpcfuse" | "thinclient_drives"
            | "xrdp-chansrv" => Self::Host,
            "rclone"
            | "s3fs"
            | "goofys"
            | "mount-s3"
            | "gcsfuse"
            | "blobfuse"
            | "blobfuse2"
            | "google-drive-ocamlfuse"
            | "onedriver"
            | "seadrive"
            | "dropbox"
            | "acd_cli" => Self::Cloud,
            "gvfsd-fuse" | "kio-fuse" | "curlftpfs" | "ftpfs" => Self::Other,
            _ => return None,
        })
    }

    /// By the number that Linux has for the kind of file system (`linux/magic.h`). That of FUSE says nothing.
    #[cfg(target_os = "linux")]
    pub(super) fn of_number(number: u64) -> Option<Self> {
        // Some architectures extend the sign.
        Some(match number & 0xFFFF_FFFF {
            0x6969 => Self::Nfs,
            0x517B | 0xFF53_4D42 | 0xFE53_4D42 | 0x564C => Self::Smb,
            0x5346_414F | 0x6B41_4653 | 0x7375_7245 => Self::Afs,
            0x00C3_6400 | 0x0BD0_0BD0 | 0x0116_1970 | 0x7461_636F | 0x2003_0528 | 0x4750_4653 | 0x1983_0326 => {
                Self::Cluster
            }
            0x0102_1997 | 0x786F_4256 | 0xBACB_ACBC => Self::Host,
            _ => return None,
        })
    }
}

impl fmt::Display for ShareKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Smb => "Windows file sharing (SMB)",
            Self::Nfs => "NFS",
            Self::Afs => "AFS",
            Self::Ssh => "files over SSH",
            Self::WebDav => "WebDAV",
            Self::Cluster => "a cluster's file system",
            Self::Host => "a directory of the host",
            Self::Cloud => "an online store",
            Self::Other => "another machine's files",
        })
    }
}
