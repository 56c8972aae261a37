package shop.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderRequestTest {

    @Test
    void readsAnOrder() {
        assertEquals(
                new OrderRequest("Ada", List.of(new Order.Line("mug", 2))),
                read("{'customer': ' Ada ', 'lines': [{'product': 'mug', 'quantity': 2}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock = """
            {'lines': [{'product': 'mug', 'quantity': 2}]}                                   | customer
            {'customer': 7, 'lines': [{'product': 'mug', 'quantity': 2}]}                    | customer
            {'customer': 'Ada'}                                                              | lines
            {'customer': 'Ada', 'lines': []}                                                 | lines
            {'customer': 'Ada', 'lines': ['mug']}                                            | lines[0]
            {'customer': 'Ada', 'lines': [{'product': 'mug', 'quantity': 0}]}                | lines[0].quantity
            {'customer': 'Ada', 'lines': [{'product': 'mug', 'quantity': 1.5}]}              | lines[0].quantity
            {'customer': 'Ada', 'lines': [{'product': 'mug', 'quantity': 1e99}]}             | lines[0].quantity
            {'customer': 'Ada', 'lines': [{'product': '', 'quantity': 1}]}                   | lines[0].product
            {'customer': 'Ada', 'lines': [{'product': 'mug', 'quantity': 1}], 'coupon': 'x'} | coupon
            """,
            quoteCharacter = '"')
    void namesTheFieldThatIsWrong(String json, String field) {
        Problem problem = assertThrows(Problem.class, () -> read(json));
        assertEquals(
                List.of(field),
                problem.details().errors().stream().map(Problem.FieldError::field).toList());
    }

    private static OrderRequest read(String json) {
        return OrderRequest.from(JsonParser.parseString(json.replace('\'', '"')));
    }
}
