//! Repositories through their typed operations.

use std::sync::Arc;

use landline_api::ecr as api;
use landline_store::open_memory;
use landline_wire::{Caller, DispatcherBuilder, ManualClock, Timestamp};

use super::Ecr;

#[tokio::test]
async fn a_repository_is_made_described_and_deleted() {
    let clock = ManualClock::at(Timestamp::from_millis(1_801_646_142_107));
    let mut builder = DispatcherBuilder::new();
    Ecr::new(open_memory(), Arc::new(clock)).register(&mut builder);
    let ecr = builder.seal();
    let caller = Caller::root("123456789012", "eu-west-1");
    let create = || api::CreateRepositoryInput {
        repository_name: "cdk-assets".into(),
        ..api::CreateRepositoryInput::default()
    };
    let made = ecr.call::<api::CreateRepository>(create(), &caller).await;
    let made = made.unwrap().repository.unwrap();
    let uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/cdk-assets";
    assert_eq!(made.repository_uri.as_deref(), Some(uri));
    let again = ecr.call::<api::CreateRepository>(create(), &caller).await;
    assert_eq!(again.unwrap_err().code, "RepositoryAlreadyExistsException");
    let input = api::DescribeRepositoriesInput::default();
    let described = ecr.call::<api::DescribeRepositories>(input, &caller).await;
    assert_eq!(described.unwrap().repositories.unwrap(), [made]);
    let input = api::DeleteRepositoryInput {
        repository_name: "cdk-assets".into(),
        ..api::DeleteRepositoryInput::default()
    };
    ecr.call::<api::DeleteRepository>(input, &caller)
        .await
        .unwrap();
    let input = api::ListImagesInput {
        repository_name: "cdk-assets".into(),
        ..api::ListImagesInput::default()
    };
    let gone = ecr.call::<api::ListImages>(input, &caller).await;
    assert_eq!(gone.unwrap_err().code, "RepositoryNotFoundException");
}
