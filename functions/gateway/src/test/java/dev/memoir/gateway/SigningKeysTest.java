package dev.memoir.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'kty':'RSA'}|RS256",
                "{'kty':'RSA','use':'enc','alg':'RSA-OAEP'},{'kty':'RSA','use':'sig','alg':'RS256'}|RS256",
                "{'kty':'EC','crv':'P-256'}|ES256",
                "{'kty':'EC','crv':'P-384'},{'kty':'RSA'}|RS256",
                "{'kty':'RSA','alg':'PS512'}|",
                "{'kty':'OKP'}|"
            })
    void theAlgorithmIsThatOfTheFirstKeyThatSignsAsTheEdgeBelieves(String keys, String algorithm) throws IOException {
        var jwks = new ObjectMapper().readTree("{\"keys\":[" + keys.replace('\'', '"') + "]}");
        assertEquals(Optional.ofNullable(algorithm), SigningKeys.algorithm(jwks));
    }
}
