//! The system calls that write, and what each of them writes to.

use std::{
    io::{Read, Seek, SeekFrom},
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
};

use nix::{libc, unistd::Pid};

use super::arch::Entry;

/// A kind of system call that changes a file, a folder or a connection.
#[derive(Debug)]
pub(super) struct WriteCall {
    pub name: &'static str,
    pub number: i64,
    pub object: Object,
}

/// What a call names the changed object by. Numbers are positions of arguments.
#[derive(Debug)]
pub(super) enum Object {
    /// A descriptor: a file's or a connection's.
    Descriptor(usize),
    /// Paths, each with the position of the folder's descriptor that it is relative to, where the call takes one.
    Paths(&'static [(Option<usize>, usize)]),
    /// The same, but only where the flags in the first position make or empty a file.
    Opened(usize, &'static [(Option<usize>, usize)]),
}

const PATH: Object = Object::Paths(&[(None, 0)]);
const PATH_AT: Object = Object::Paths(&[(Some(0), 1)]);
#[cfg(target_arch = "x86_64")]
const TWO_PATHS: Object = Object::Paths(&[(None, 0), (None, 1)]);
const TWO_PATHS_AT: Object = Object::Paths(&[(Some(0), 1), (Some(2), 3)]);
const DESCRIPTOR: Object = Object::Descriptor(0);

/// Every call of this kind that the processor's Linux has.
pub(super) fn all() -> Vec<WriteCall> {
    let mut all = vec![
        call("write", libc::SYS_write, DESCRIPTOR),
        call("writev", libc::SYS_writev, DESCRIPTOR),
        call("pwrite64", libc::SYS_pwrite64, DESCRIPTOR),
        call("pwritev", libc::SYS_pwritev, DESCRIPTOR),
        call("pwritev2", libc::SYS_pwritev2, DESCRIPTOR),
        call("sendfile", libc::SYS_sendfile, DESCRIPTOR),
        call("copy_file_range", libc::SYS_copy_file_range, Object::Descriptor(2)),
        call("sendto", libc::SYS_sendto, DESCRIPTOR),
        call("sendmsg", libc::SYS_sendmsg, DESCRIPTOR),
        call("fsync", libc::SYS_fsync, DESCRIPTOR),
        call("fdatasync", libc::SYS_fdatasync, DESCRIPTOR),
        call("ftruncate", libc::SYS_ftruncate, DESCRIPTOR),
        call("fallocate", libc::SYS_fallocate, DESCRIPTOR),
        call("fchmod", libc::SYS_fchmod, DESCRIPTOR),
        call("fsetxattr", libc::SYS_fsetxattr, DESCRIPTOR),
        call("fremovexattr", libc::SYS_fremovexattr, DESCRIPTOR),
        call("fchown", libc::SYS_fchown, DESCRIPTOR),
        call("truncate", libc::SYS_truncate, PATH),
        call("openat", libc::SYS_openat, Object::Opened(2, &[(Some(0), 1)])),
        call("mkdirat", libc::SYS_mkdirat, PATH_AT),
        call("unlinkat", libc::SYS_unlinkat, PATH_AT),
        call("fchmodat", libc::SYS_fchmodat, PATH_AT),
        call("fchownat", libc::SYS_fchownat, PATH_AT),
        call("symlinkat", libc::SYS_symlinkat, Object::Paths(&[(Some(1), 2)])),
        call("linkat", libc::SYS_linkat, TWO_PATHS_AT),
        call("renameat", libc::SYS_renameat, TWO_PATHS_AT),
        call("renameat2", libc::SYS_renameat2, TWO_PATHS_AT),
    ];
    all.extend(older());
    all
}

fn call(name: &'static str, number: i64, object: Object) -> WriteCall {
    WriteCall { name, number, object }
}

/// The calls that newer processors' Linux has only in the form that names a folder.
#[cfg(target_arch = "x86_64")]
fn older() -> Vec<WriteCall> {
    vec![
        call("open", libc::SYS_open, Object::Opened(1, &[(None, 0)])),
        call("creat", libc::SYS_creat, PATH),
        call("mkdir", libc::SYS_mkdir, PATH),
        call("rmdir", libc::SYS_rmdir, PATH),
        call("unlink", libc::SYS_unlink, PATH),
        call("chmod", libc::SYS_chmod, PATH),
        call("chown", libc::SYS_chown, PATH),
        call("link", libc::SYS_link, TWO_PATHS),
        call("symlink", libc::SYS_symlink, Object::Paths(&[(None, 1)])),
        call("rename", libc::SYS_rename, TWO_PATHS),
    ]
}

#[cfg(not(target_arch = "x86_64"))]
fn older() -> Vec<WriteCall> {
    Vec::new()
}

/// Flags that make a file or empty it.
pub(super) const MAKING: [u64; 2] = [libc::O_CREAT as u64, libc::O_TRUNC as u64];

/// What a call is about to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Changed {
    /// A file or folder.
    File(PathBuf),
    /// A network connection.
    Connection,
}

impl WriteCall {
    /// What the call changes, unless that is neither below `watched` nor a connection.
    pub(super) fn changed(&self, thread: Pid, entry: &Entry, watched: &Path) -> Option<Changed> {
        let argument = |position: usize| entry.arguments[position];
        match self.object {
            Object::Descriptor(position) => {
                let target = link(thread, &format!("fd/{}", descriptor(argument(position))))?;
                if target.starts_with(watched) {
                    return Some(Changed::File(target));
                }
                target.to_string_lossy().starts_with("socket:").then_some(Changed::Connection)
            }
            Object::Opened(flags, _) if MAKING.iter().all(|flag| argument(flags) & flag == 0) => None,
            Object::Paths(paths) | Object::Opened(_, paths) => {
                let mut named = paths.iter().filter_map(|(folder, path)| {
                    absolute(thread, folder.map(argument), &text(thread, argument(*path))?)
                });
                named.find(|path| path.starts_with(watched)).map(Changed::File)
            }
        }
    }
}

/// A path of the thread's, made absolute by the folder that it is relative to.
fn absolute(thread: Pid, folder: Option<u64>, path: &Path) -> Option<PathBuf> {
    if path.is_absolute() {
        return Some(path.to_path_buf());
    }
    let folder = match folder.map(descriptor) {
        None | Some(libc::AT_FDCWD) => link(thread, "cwd")?,
        Some(folder) => link(thread, &format!("fd/{folder}"))?,
    };
    Some(folder.join(path))
}

/// Arguments are 64 bits wide; a descriptor is the lower half.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the upper half of a descriptor's argument means nothing"
)]
fn descriptor(argument: u64) -> i32 {
    argument as u32 as i32
}

fn link(thread: Pid, name: &str) -> Option<PathBuf> {
    std::fs::read_link(format!("/proc/{thread}/{name}")).ok()
}

/// The text that ends with a zero byte in the thread's memory; nothing where it cannot be read.
fn text(thread: Pid, address: u64) -> Option<PathBuf> {
    let mut memory = std::fs::File::open(format!("/proc/{thread}/mem")).ok()?;
    memory.seek(SeekFrom::Start(address)).ok()?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 64];
    while bytes.len() < 4096 {
        let length = memory.read(&mut chunk).ok()?;
        let end = chunk[..length].iter().position(|byte| *byte == 0);
        bytes.extend_from_slice(&chunk[..end.unwrap_or(length)]);
        if end.is_some() || length == 0 {
            break;
        }
    }
    Some(std::ffi::OsString::from_vec(bytes).into())
}
