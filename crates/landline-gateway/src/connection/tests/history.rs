//! What happened to every post, when clients come and go and stages change under them.
//!
//! The laws: a post that got 200 is delivered unless its client saw a close; what one
//! caller posts one after the other arrives in that order, without a gap; nothing
//! arrives twice, and nothing that was refused arrives at all.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;
use tokio::task::{JoinSet, yield_now};

use crate::testing::{Behaviour, Client, Frame, Node, encode, two_way};

const CLIENTS: usize = 64;
const CALLERS: usize = 16;
const POSTS_PER_CALLER: usize = 400;

/// Numbers that look random and are the same for the same seed (`SplitMix64`).
#[derive(Debug, Clone)]
struct Chance(u64);

impl Chance {
    /// A sequence of its own for each actor of a run.
    fn of(seed: u64, actor: usize) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x1234_5678_9ABC_DEF1) ^ actor as u64);
        chance.below(2);
        chance
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }
}

/// How a client's connection is to end, and after how many messages.
#[derive(Debug, Clone, Copy)]
enum Plan {
    /// It stays until everything is posted.
    Stay,
    /// It sends a close frame and reads on.
    Close { after: usize },
    /// It breaks a rule, so that the gateway closes.
    Break { after: usize },
    /// It is gone without a word.
    Vanish { after: usize },
}

impl Plan {
    fn choose(chance: &mut Chance) -> Self {
        let after = 1 + chance.below(60);
        match chance.below(6) {
            0 => Self::Close { after },
            1 => Self::Break { after },
            2 => Self::Vanish { after },
            _ => Self::Stay,
        }
    }
}

/// How a client's connection did end.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ended {
    /// With everything that was posted.
    Never,
    /// By the client's own doing.
    ByClient,
    /// By the gateway, with this code.
    ByGateway(u16),
}

/// What one client saw.
#[derive(Debug)]
struct Seen {
    posts: Vec<Post>,
    ended: Ended,
}

/// One post: by whom, the how manieth of that caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Post {
    caller: usize,
    number: usize,
}

impl Post {
    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        (words.next()? == "post").then_some(())?;
        Some(Self {
            caller: words.next()?.parse().ok()?,
            number: words.next()?.parse().ok()?,
        })
    }

    /// Some are so large that they need several frames and fill the queue.
    fn text(self, chance: &mut Chance) -> String {
        let padding = match chance.below(50) {
            0 => 100_000,
            1..5 => 5_000,
            _ => chance.below(50),
        };
        format!(
            "post {} {} {}",
            self.caller,
            self.number,
            "x".repeat(padding)
        )
    }
}

/// The last message for clients that stay.
const END: &str = "end";

/// A client that reads, now and then says something, and ends as planned.
async fn live(mut client: Client, plan: Plan, mut chance: Chance) -> Seen {
    let mut posts = Vec::new();
    let mut has_closed = false;
    let ended = loop {
        match client.next().await {
            Frame::Text(text) if text == END => break Ended::Never,
            Frame::Text(text) => posts.extend(Post::parse(&text)),
            Frame::Close(Some((code, _))) if !has_closed => break Ended::ByGateway(code),
            Frame::Close(_) | Frame::End => break Ended::ByClient,
            Frame::Pong(_) => {}
        }
        match plan {
            Plan::Close { after } if posts.len() == after => {
                has_closed = true;
                let _gone = client.bytes(&encode(0x88, &[0x03, 0xE8])).await;
            }
            Plan::Break { after } if posts.len() == after => {
                let _gone = client.bytes(&encode(0x82, b"binary")).await;
            }
            Plan::Vanish { after } if posts.len() == after => break Ended::ByClient,
            _ => {}
        }
        match chance.below(16) {
            0 => {
                let _gone = client.bytes(&encode(0x81, b"who am I?")).await;
            }
            1 => {
                let _gone = client.bytes(&encode(0x89, b"ping")).await;
            }
            // A slow reader lets its queue grow.
            2 => yield_some(&mut chance).await,
            _ => {}
        }
    };
    Seen { posts, ended }
}

async fn yield_some(chance: &mut Chance) {
    for _ in 0..chance.below(100) {
        yield_now().await;
    }
}

/// Posts one after the other to clients of its choice; which client each post that
/// got 200 was for.
async fn call(node: Arc<Node>, ids: Arc<[String]>, caller: usize, mut chance: Chance) -> Accepted {
    let mut accepted = HashMap::new();
    for number in 0..POSTS_PER_CALLER {
        let client = chance.below(CLIENTS);
        let post = Post { caller, number };
        if chance.below(400) == 0 {
            node.manage(Method::DELETE, &ids[client], "").await;
        }
        match node.post(&ids[client], post.text(&mut chance)).await {
            200 => accepted.entry(client).or_insert_with(Vec::new).push(post),
            refused => assert!(matches!(refused, 410 | 429), "{refused}"),
        }
    }
    accepted
}

type Accepted = HashMap<usize, Vec<Post>>;

/// Deploys again and again, with other routes, until nobody posts any more.
async fn redeploy(node: Arc<Node>, callers: Arc<AtomicUsize>, mut chance: Chance) {
    while callers.load(Ordering::Relaxed) > 0 {
        let routes = ["a", "b", "c"].into_iter().take(chance.below(4));
        node.deploy(routes.chain(["$default"]).map(two_way));
        yield_some(&mut chance).await;
    }
}

/// One run: what was accepted for each client, and what each client saw.
async fn run(seed: u64) -> (Vec<Vec<Vec<Post>>>, Vec<Seen>) {
    let node = Arc::new(Node::start(&[]));
    node.deploy([two_way("$default")]);
    node.functions.set("$default", Behaviour::TellsId);
    let (mut ids, mut clients) = (Vec::new(), Vec::new());
    for actor in 0..CLIENTS {
        let mut client = node.connect().await;
        client.text("who am I?").await;
        ids.push(client.next_text().await);
        let mut chance = Chance::of(seed, actor);
        let plan = Plan::choose(&mut chance);
        clients.push(tokio::spawn(live(client, plan, chance)));
    }
    let ids: Arc<[String]> = ids.into();
    let busy = Arc::new(AtomicUsize::new(CALLERS));
    let chance = Chance::of(seed, 2000);
    let redeploying = tokio::spawn(redeploy(Arc::clone(&node), Arc::clone(&busy), chance));
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let chance = Chance::of(seed, 1000 + caller);
        callers.spawn(call(Arc::clone(&node), Arc::clone(&ids), caller, chance));
    }
    let mut accepted = vec![Vec::new(); CLIENTS];
    while let Some(of_caller) = callers.join_next().await {
        for (client, posts) in of_caller.unwrap() {
            accepted[client].push(posts);
        }
        busy.fetch_sub(1, Ordering::Relaxed);
    }
    redeploying.await.unwrap();
    for id in ids.iter() {
        while node.post(id, END).await == 429 {}
    }
    let mut seen = Vec::new();
    for client in clients {
        seen.push(client.await.unwrap());
    }
    (accepted, seen)
}

/// The laws, for what one caller posted to one client.
fn check(accepted: &[Post], delivered: &[Post], ended: &Ended) -> Result<(), &'static str> {
    if !accepted.starts_with(delivered) {
        return Err("out of order, twice, with a gap, or although it was refused");
    }
    // A DELETE closes after everything that was accepted before it.
    let must_be_whole = matches!(ended, Ended::Never | Ended::ByGateway(1000));
    if must_be_whole && delivered.len() < accepted.len() {
        return Err("lost");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_accepted_post_is_delivered_once_and_in_order_or_its_client_saw_a_close() {
    for seed in 1..=12 {
        let (accepted, seen) = run(seed).await;
        let mut kinds = [0; 3];
        for (client, seen) in seen.iter().enumerate() {
            for caller in 0..CALLERS {
                let accepted = accepted[client]
                    .iter()
                    .find(|posts| posts[0].caller == caller)
                    .map_or(&[][..], Vec::as_slice);
                let of_caller = seen.posts.iter().filter(|post| post.caller == caller);
                let delivered: Vec<Post> = of_caller.copied().collect();
                let verdict = check(accepted, &delivered, &seen.ended);
                assert_eq!(
                    verdict,
                    Ok(()),
                    "seed {seed}, client {client}: {:?}\n{accepted:?}\n{delivered:?}",
                    seen.ended
                );
            }
            kinds[match seen.ended {
                Ended::Never => 0,
                Ended::ByClient => 1,
                Ended::ByGateway(_) => 2,
            }] += 1;
        }
        // Every kind of end has its part in a run, or the run shows little.
        assert!(kinds.iter().all(|count| *count > 3), "{kinds:?}");
    }
}

#[test]
fn a_history_that_breaks_a_law_is_found() {
    let post = |number| Post { caller: 0, number };
    let accepted = [post(0), post(2), post(5)];
    let (stayed, left) = (Ended::Never, Ended::ByClient);
    assert!(check(&accepted, &accepted, &stayed).is_ok());
    assert!(check(&accepted, &accepted[..2], &left).is_ok());
    assert!(check(&accepted, &accepted[..2], &stayed).is_err());
    assert!(check(&accepted, &accepted[..2], &Ended::ByGateway(1000)).is_err());
    assert!(check(&accepted, &accepted[..2], &Ended::ByGateway(1003)).is_ok());
    assert!(check(&accepted, &[post(2), post(0)], &left).is_err());
    assert!(check(&accepted, &[post(0), post(0)], &left).is_err());
    assert!(check(&accepted, &[post(0), post(5)], &left).is_err());
    assert!(check(&accepted, &[post(0), post(1)], &left).is_err());
}
