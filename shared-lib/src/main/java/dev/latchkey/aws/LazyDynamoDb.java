package dev.latchkey.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB, whose client is made at the first call. Region, credentials and endpoint come from the usual AWS variables. */
final class LazyDynamoDb {

    private @Nullable DynamoDbClient client;

    synchronized DynamoDbClient client() {
        DynamoDbClient ready = client;
        if (ready == null) {
            ready = DynamoDbClient.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(Bounds::limit)
                    .build();
            client = ready;
        }
        return ready;
    }
}
