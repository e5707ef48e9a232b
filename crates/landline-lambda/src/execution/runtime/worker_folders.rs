//! What a worker finds at the places where code on AWS looks: its layers at `/opt`, its code at
//! `/var/task`, a `/tmp` of its own.
//!
//! The small program before a worker takes a mount namespace of its own and makes these folders
//! there, so nothing of the machine changes. Who is not root gets the right to that from a user
//! namespace, in which the worker stays the user who it was.

use std::ffi::OsString;
use std::path::PathBuf;

/// The code of a function, as code on AWS knows it.
pub(super) const TASK: &str = "/var/task";
/// What layers make.
pub(super) const OPT: &str = "/opt";
/// A function's room for files.
pub(super) const TMP: &str = "/tmp";

/// What lies where, in a worker's own view of the file system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Folders {
    /// What is at [`TASK`].
    pub(super) task: PathBuf,
    /// What is at [`OPT`], beside what the machine has there.
    pub(super) opt: Option<PathBuf>,
    /// What is at [`TMP`]; the machine's when not set.
    pub(super) tmp: Option<PathBuf>,
    /// The `node_modules` above the code, where Node.js looks for packages.
    pub(super) packages: Option<PathBuf>,
}

impl Folders {
    /// As arguments of the program before the worker.
    pub(super) fn arguments(&self) -> Vec<PathBuf> {
        let mut arguments = vec![TASK_FLAG.into(), self.task.clone()];
        let others = [
            (OPT_FLAG, &self.opt),
            (TMP_FLAG, &self.tmp),
            (PACKAGES_FLAG, &self.packages),
        ];
        for (flag, folder) in others {
            if let Some(folder) = folder {
                arguments.extend([flag.into(), folder.clone()]);
            }
        }
        arguments
    }

    /// Takes the folders off the arguments; answers the first argument behind them.
    pub(super) fn read(
        arguments: &mut impl Iterator<Item = OsString>,
    ) -> (Option<Self>, Option<OsString>) {
        let mut folders = Self::default();
        let mut found = false;
        loop {
            let argument = arguments.next();
            let place = match argument.as_ref().and_then(|text| text.to_str()) {
                Some(TASK_FLAG) => {
                    folders.task = arguments.next().unwrap_or_default().into();
                    found = true;
                    continue;
                }
                Some(OPT_FLAG) => &mut folders.opt,
                Some(TMP_FLAG) => &mut folders.tmp,
                Some(PACKAGES_FLAG) => &mut folders.packages,
                _ => return (found.then_some(folders), argument),
            };
            *place = arguments.next().map(PathBuf::from);
        }
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::{enter, try_out};

/// Makes the folders for this process and what it becomes.
#[cfg(not(target_os = "linux"))]
pub(super) fn enter(_folders: &Folders) -> std::io::Result<()> {
    Err(unsupported())
}

/// Whether this process may make such folders.
#[cfg(not(target_os = "linux"))]
pub(super) fn try_out() -> std::io::Result<()> {
    Err(unsupported())
}

#[cfg(not(target_os = "linux"))]
fn unsupported() -> std::io::Error {
    std::io::Error::new(
        std::io::ErrorKind::Unsupported,
        "this system has no mount namespaces",
    )
}

#[cfg(target_os = "linux")]
mod linux {
    //! Mount namespaces.

    use std::collections::BTreeMap;
    use std::ffi::OsString;
    use std::fs;
    use std::io;
    use std::os::fd::{AsRawFd, OwnedFd};
    use std::path::{Path, PathBuf};
    use std::rc::Rc;

    use rustix::fs::{Mode, OFlags, StatVfsMountFlags};
    use rustix::mount::{
        MountFlags, MountPropagationFlags, mount, mount_bind_recursive, mount_change, mount_remount,
    };
    use rustix::process::{getgid, getuid};
    use rustix::thread::UnshareFlags;

    use super::{Folders, OPT, TASK, TMP};

    /// Makes the folders for this process and what it becomes.
    pub(in super::super) fn enter(folders: &Folders) -> io::Result<()> {
        take_namespace()?;
        if let Some(tmp) = &folders.tmp {
            mount_bind_recursive(tmp, TMP)?;
        }
        match &folders.opt {
            Some(layers) => furnish(Path::new(OPT), entries(layers)?)?,
            None if Path::new(OPT).is_dir() => {
                mount_bind_recursive(OPT, OPT)?;
                protect(Path::new(OPT))?;
            }
            None => {}
        }
        let mut own = BTreeMap::from([("task".into(), Held::of(&folders.task)?)]);
        if let Some(packages) = &folders.packages {
            own.insert("node_modules".into(), Held::of(packages)?);
        }
        furnish(Path::new("/var"), own)?;
        std::env::set_current_dir(TASK)
    }

    /// Whether this process may make such folders; leaves it in a state to end with.
    pub(in super::super) fn try_out() -> io::Result<()> {
        take_namespace()?;
        for folder in [OPT, "/var"] {
            furnish(Path::new(folder), BTreeMap::new())?;
        }
        Ok(())
    }

    /// Gives this process mounts of its own.
    fn take_namespace() -> io::Result<()> {
        if unshare(UnshareFlags::NEWNS).is_err() {
            let (user, group) = (getuid().as_raw(), getgid().as_raw());
            unshare(UnshareFlags::NEWUSER | UnshareFlags::NEWNS)?;
            // The kernel wants this before an unprivileged process may map its group.
            fs::write("/proc/self/setgroups", "deny")?;
            fs::write("/proc/self/uid_map", format!("{user} {user} 1"))?;
            fs::write("/proc/self/gid_map", format!("{group} {group} 1"))?;
        }
        let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
        Ok(mount_change("/", private)?)
    }

    #[expect(
        deprecated,
        reason = "rustix warns of threads and their files; this process has one thread and keeps its files"
    )]
    fn unshare(flags: UnshareFlags) -> io::Result<()> {
        Ok(rustix::thread::unshare(flags)?)
    }

    /// A file that is found even when the way to it is covered.
    struct Held {
        folder: Rc<OwnedFd>,
        name: OsString,
    }

    impl Held {
        fn of(path: &Path) -> io::Result<Self> {
            let parent = path.parent().unwrap_or(Path::new("/"));
            Ok(Self {
                folder: Rc::new(open(parent)?),
                name: path.file_name().unwrap_or_default().to_owned(),
            })
        }

        fn path(&self) -> PathBuf {
            let folder = format!("/proc/self/fd/{}", self.folder.as_raw_fd());
            Path::new(&folder).join(&self.name)
        }
    }

    fn open(folder: &Path) -> io::Result<OwnedFd> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(rustix::fs::open(folder, flags, Mode::empty())?)
    }

    /// Covers a folder by one that has `own` beside what was there, where no name is the same. Nobody can write there.
    fn furnish(folder: &Path, own: BTreeMap<OsString, Held>) -> io::Result<()> {
        let mut covered = entries(folder)?;
        covered.retain(|name, _| !own.contains_key(name));
        let flags = MountFlags::NOSUID | MountFlags::NODEV;
        mount("tmpfs", folder, "tmpfs", flags, c"mode=0755,size=4m")?;
        for (name, source) in own {
            let place = folder.join(name);
            if let Shown::Mounted = show(&source.path(), &place)? {
                protect(&place)?;
            }
        }
        for (name, source) in covered {
            show(&source.path(), &folder.join(name))?;
        }
        protect(folder)
    }

    /// Lets nobody write to a mount, root included: as on AWS, it is the file system that is read-only.
    fn protect(place: &Path) -> io::Result<()> {
        // Who is not the owner of a file system has to keep what it forbids already.
        let forbids = rustix::fs::statvfs(place)?.f_flag;
        let kept = [
            (StatVfsMountFlags::NOSUID, MountFlags::NOSUID),
            (StatVfsMountFlags::NODEV, MountFlags::NODEV),
            (StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
        ];
        let mut flags = MountFlags::BIND | MountFlags::RDONLY;
        for (forbidden, flag) in kept {
            if forbids.contains(forbidden) {
                flags |= flag;
            }
        }
        Ok(mount_remount(place, flags, c"")?)
    }

    /// How something got to another place.
    enum Shown {
        Linked,
        Mounted,
    }

    /// Lets something appear at another place.
    fn show(source: &Path, place: &Path) -> io::Result<Shown> {
        let kind = fs::symlink_metadata(source)?.file_type();
        if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(source)?, place)?;
            return Ok(Shown::Linked);
        }
        if kind.is_dir() {
            fs::create_dir(place)?;
        } else {
            fs::File::create(place)?;
        }
        mount_bind_recursive(source, place)?;
        Ok(Shown::Mounted)
    }

    fn entries(folder: &Path) -> io::Result<BTreeMap<OsString, Held>> {
        let opened = Rc::new(open(folder)?);
        let mut entries = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if entries.len() == MAX_ENTRIES {
                let text = format!("{} holds too many files", folder.display());
                return Err(io::Error::other(text));
            }
            let folder = opened.clone();
            entries.insert(name.clone(), Held { folder, name });
        }
        Ok(entries)
    }

    /// Each of them costs a mount at every cold start.
    const MAX_ENTRIES: usize = 1000;
}

const TASK_FLAG: &str = "--task";
const OPT_FLAG: &str = "--opt";
const TMP_FLAG: &str = "--tmp";
const PACKAGES_FLAG: &str = "--packages";
