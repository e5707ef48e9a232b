//! What stands before an application and is not there.

use super::*;

const SITE: &str = "
Resources:
  Certificate: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainName: chat.example.com}}
  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com}}
  Access: {Type: 'AWS::CloudFront::OriginAccessControl', Properties: {}}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties: {DistributionConfig: {Enabled: true, Comment: first}}
Outputs:
  Certificate: {Value: !Ref Certificate}
  Url: {Value: !Sub 'https://${Site.DomainName}'}
";

#[tokio::test]
async fn a_content_network_and_a_certificate_let_their_stack_be_deployed() {
    let cloud = cloud();
    let deployed = cloud.deploy(SITE, None).await.unwrap();
    let outputs = &deployed.stack.state.outputs;
    let (certificate, url) = (&outputs["Certificate"].value, &outputs["Url"].value);
    let beginning = "arn:aws:acm:us-east-1:123456789012:certificate/";
    assert!(certificate.starts_with(beginning), "{certificate}");
    assert!(url.ends_with(".cloudfront.net"), "{url}");
    assert_eq!(cloud.calls(), [""; 0]);
    let changed = SITE.replace("first", "second");
    let again = cloud.deploy(&changed, None).await.unwrap();
    assert_eq!(&again.stack.state.outputs["Certificate"].value, certificate);
    assert_eq!(&again.stack.state.outputs["Url"].value, url);
}

#[tokio::test]
async fn an_alarm_is_known_by_the_name_that_its_template_gives() {
    let template = "
Resources:
  Alarm: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmName: slow}}
Outputs:
  Name: {Value: !Ref Alarm}
  Arn: {Value: !GetAtt Alarm.Arn}
";
    let deployed = cloud().deploy(template, None).await.unwrap();
    let outputs = &deployed.stack.state.outputs;
    assert_eq!(outputs["Name"].value, "slow");
    let arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:slow";
    assert_eq!(outputs["Arn"].value, arn);
}
