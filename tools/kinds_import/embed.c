/* Positive pointwise mutual information of neighbours, and its leading singular vectors by orthogonal iteration. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "kinds_import/kinds.h"

enum { ITERATIONS = 24 };
static const double CONTEXT_POWER = 0.75; /* so that rare neighbours do not seem more telling than they are */

typedef struct Cell {
    uint32_t row, column;
    float value;
} Cell;

typedef struct Matrix { /* sparse */
    Cell *cells;
    size_t count, size;
} Matrix;

typedef float Vector[SIDE_DIMENSIONS];

static void *zeroed(size_t count, size_t bytes)
{
    void *room = calloc(count, bytes);
    if (!room) abort();
    return room;
}

/* How often `row` has `column` behind it or, with `before`, before it. */
static double count_of(const Counts *counts, size_t row, size_t column, int before)
{
    return (double)(before ? counts->follows[column * counts->symbols + row] : counts->follows[row * counts->symbols + column]);
}

static Matrix information(const Counts *counts, int before)
{
    size_t n = counts->symbols;
    double *rows = zeroed(n, sizeof *rows), *columns = zeroed(n, sizeof *columns), contexts = 0;
    Matrix matrix = { NULL, 0, n };
    for (size_t a = 1; a < n; a++)
        for (size_t b = 1; b < n; b++) {
            double seen = count_of(counts, a, b, before);
            rows[a] += seen;
            columns[b] += seen;
            matrix.count += seen > 0;
        }
    matrix.cells = zeroed(matrix.count, sizeof *matrix.cells);
    matrix.count = 0;
    for (size_t b = 1; b < n; b++) contexts += columns[b] = pow(columns[b], CONTEXT_POWER);
    for (size_t a = 1; a < n; a++)
        for (size_t b = 1; b < n; b++) {
            double seen = count_of(counts, a, b, before), more = seen > 0 ? log(seen * contexts / (rows[a] * columns[b])) : 0;
            if (more > 0) matrix.cells[matrix.count++] = (Cell){ (uint32_t)a, (uint32_t)b, (float)more };
        }
    free(rows);
    free(columns);
    return matrix;
}

static void multiply(const Matrix *matrix, int transposed, const Vector *from, Vector *to)
{
    for (size_t i = 0; i < matrix->size; i++)
        for (size_t k = 0; k < SIDE_DIMENSIONS; k++) to[i][k] = 0;
    for (size_t i = 0; i < matrix->count; i++) {
        const Cell *cell = &matrix->cells[i];
        const float *in = from[transposed ? cell->row : cell->column];
        float *out = to[transposed ? cell->column : cell->row];
        for (size_t k = 0; k < SIDE_DIMENSIONS; k++) out[k] += cell->value * in[k];
    }
}

static double column_dot(const Vector *vectors, size_t size, size_t a, size_t b)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++) sum += (double)vectors[i][a] * (double)vectors[i][b];
    return sum;
}

/* Gram and Schmidt; returns the lengths that the columns had. */
static void columns_orthonormalise(Vector *vectors, size_t size, double *length)
{
    for (size_t k = 0; k < SIDE_DIMENSIONS; k++) {
        for (size_t before = 0; before < k; before++) {
            float dot = (float)column_dot(vectors, size, k, before);
            for (size_t i = 0; i < size; i++) vectors[i][k] -= dot * vectors[i][before];
        }
        length[k] = sqrt(column_dot(vectors, size, k, k));
        for (size_t i = 0; i < size && length[k] > 0; i++) vectors[i][k] /= (float)length[k];
    }
}

/* Rows of length 1, each direction weighed by the root of its singular value. */
static void side_put(const Vector *vectors, size_t size, const double *squares, float *points)
{
    for (size_t i = 1; i < size; i++) {
        double sum = 0;
        for (size_t k = 0; k < SIDE_DIMENSIONS; k++) sum += (double)vectors[i][k] * (double)vectors[i][k] * sqrt(squares[k]);
        for (size_t k = 0; k < SIDE_DIMENSIONS; k++)
            points[i * DIMENSIONS + k] = sum > 0 ? (float)((double)vectors[i][k] * sqrt(sqrt(squares[k]) / sum)) : 0;
    }
}

static void side_embed(const Counts *counts, int before, float *points)
{
    Matrix matrix = information(counts, before);
    Vector *vectors = zeroed(matrix.size, sizeof *vectors), *between = zeroed(matrix.size, sizeof *between);
    double squares[SIDE_DIMENSIONS]; /* of the singular values */
    uint64_t chance = 1;
    for (size_t i = 1; i < matrix.size; i++)
        for (size_t k = 0; k < SIDE_DIMENSIONS; k++) {
            chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            vectors[i][k] = (float)(chance >> 40) / (float)(1 << 24) - 0.5F;
        }
    columns_orthonormalise(vectors, matrix.size, squares);
    for (int i = 0; i < ITERATIONS; i++) {
        multiply(&matrix, 1, vectors, between);
        multiply(&matrix, 0, between, vectors);
        columns_orthonormalise(vectors, matrix.size, squares);
    }
    side_put(vectors, matrix.size, squares, points);
    free(matrix.cells);
    free(vectors);
    free(between);
}

float *counts_embed(const Counts *counts)
{
    float *points = zeroed(counts->symbols * DIMENSIONS, sizeof *points);
    side_embed(counts, 0, points);
    side_embed(counts, 1, points + SIDE_DIMENSIONS);
    return points;
}
